using DeepVision.Graphs;

namespace DeepVision.Backbones;

/// <summary>
/// ShuffleNetV2 (Ma et al. 2018): a stem, a max pool and three stages of units that work on half of the channels and shuffle. Gives
/// C2, the pool, and C3 to C5, the stages; the official classifier reads a 1x1 convolution behind C5, which other heads do without.
/// </summary>
public sealed record ShuffleNetV2Spec
{
    /// <summary>The name for messages and summaries.</summary>
    public required string Name { get; init; }

    /// <summary>Channels of the three stages; even.</summary>
    public required IReadOnlyList<int> Widths { get; init; }

    /// <summary>Units in each of the three stages. Default 4, 8, 4.</summary>
    public IReadOnlyList<int> Depths { get; init; } = [4, 8, 4];

    /// <summary>Channels of the stem. Default 24.</summary>
    public int StemChannels { get; init; } = 24;

    /// <summary>Channels of the 1x1 convolution before the official classifier. Default 1024.</summary>
    public int ClassifierChannels { get; init; } = 1024;

    /// <summary>Parameter names, and where the units shuffle. Default torchvision's.</summary>
    public ShuffleNetV2Naming Naming { get; init; } = ShuffleNetV2Naming.Torchvision;

    /// <summary>What follows the normalizations, but for the depthwise ones. Default ReLU.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>The normalization behind each convolution. Default batch norm.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNorm;

    /// <summary>Channels of the image tensor. Default 3.</summary>
    public int InputChannels { get; init; } = 3;

    /// <summary>ShuffleNetV2 x0.5. 1,366,792 parameters with torchvision's classifier.</summary>
    public static ShuffleNetV2Spec X05 { get; } = new() { Name = "ShuffleNetV2 x0.5", Widths = [48, 96, 192] };

    /// <summary>ShuffleNetV2 x1.0. 2,278,604 parameters with torchvision's classifier.</summary>
    public static ShuffleNetV2Spec X10 { get; } = new() { Name = "ShuffleNetV2 x1.0", Widths = [116, 232, 464] };

    /// <summary>ShuffleNetV2 x1.5. 3,503,624 parameters with torchvision's classifier.</summary>
    public static ShuffleNetV2Spec X15 { get; } = new() { Name = "ShuffleNetV2 x1.5", Widths = [176, 352, 704] };

    /// <summary>ShuffleNetV2 x2.0. 7,393,996 parameters with torchvision's classifier.</summary>
    public static ShuffleNetV2Spec X20 { get; } = new()
    {
        Name = "ShuffleNetV2 x2.0",
        Widths = [244, 488, 976],
        ClassifierChannels = 2048,
    };

    /// <summary>FastestDet's: x0.5 with its names. 143,136 parameters.</summary>
    public static ShuffleNetV2Spec FastestDet { get; } = X05 with { Name = "ShuffleNetV2 (FastestDet)", Naming = ShuffleNetV2Naming.FastestDet };
}
