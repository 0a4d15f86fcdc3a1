using DeepVision.Graphs;

namespace DeepVision.Backbones;

/// <summary>
/// Darknet (Redmon and Farhadi 2018) in YOLOX's form: stages of a strided 3x3 and residual blocks of a 1x1 and a 3x3, and behind the
/// last stage two 1x1 and two 3x3 convolutions around spatial pyramid pooling, which halve its channels. Gives C2 to C5.
/// </summary>
public sealed record DarknetSpec
{
    /// <summary>The name for messages and summaries.</summary>
    public required string Name { get; init; }

    /// <summary>Residual blocks of the five stages.</summary>
    public required IReadOnlyList<int> Depths { get; init; }

    /// <summary>Channels of the stem; each stage doubles them. Default 32.</summary>
    public int StemChannels { get; init; } = 32;

    /// <summary>What follows each norm. Default a leaky ReLU of slope 0.1.</summary>
    public Activation Activation { get; init; } = Activation.LeakyRelu(0.1f);

    /// <summary>The normalization behind each convolution. Default batch norm with YOLOX's epsilon 1e-3 and momentum 0.03.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNormWith(epsilon: 1e-3f, momentum: 0.03f);

    /// <summary>Channels of the image tensor. Default 3.</summary>
    public int InputChannels { get; init; } = 3;

    /// <summary>Darknet-53.</summary>
    public static DarknetSpec Darknet53 { get; } = new() { Name = "Darknet-53", Depths = [1, 2, 8, 8, 4] };

    /// <summary>Darknet-21.</summary>
    public static DarknetSpec Darknet21 { get; } = new() { Name = "Darknet-21", Depths = [1, 1, 2, 2, 1] };
}
