using DeepVision.Graphs;

namespace DeepVision.Necks;

/// <summary>
/// YOLO's spatial pyramid pooling on the coarsest map: 1x1 to half the channels, max pools of stride 1 side by side, all
/// concatenated, 1x1. The map keeps its size; finer maps pass unchanged. <see cref="SppfSpec"/> is its faster form, of the same
/// values where the windows are 5, 9 and 13.
/// </summary>
public sealed record SppBottleneckSpec
{
    /// <summary>Sides of the pooling windows; odd. Default 5, 9, 13.</summary>
    public IReadOnlyList<int> Kernels { get; init; } = [5, 9, 13];

    /// <summary>Channels of the output. Default null: those of the input.</summary>
    public int? OutChannels { get; init; }

    /// <summary>What follows each convolution's norm. Default SiLU.</summary>
    public Activation Activation { get; init; } = Activation.Silu;

    /// <summary>The normalization behind each convolution. Default batch norm with YOLO's epsilon 1e-3 and momentum 0.03.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNormWith(epsilon: 1e-3f, momentum: 0.03f);
}
