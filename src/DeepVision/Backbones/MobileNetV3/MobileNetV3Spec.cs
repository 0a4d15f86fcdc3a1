using DeepVision.Graphs;

namespace DeepVision.Backbones;

/// <summary>
/// MobileNetV3 (Howard et al. 2019) with torchvision's details. Gives C2 to C5, or what <see cref="Taps"/> says. Vary a preset by
/// <c>with</c>.
/// </summary>
public sealed record MobileNetV3Spec
{
    /// <summary>The name for messages and summaries.</summary>
    public required string Name { get; init; }

    /// <summary>The blocks between the stem and the last 1x1 convolution.</summary>
    public required IReadOnlyList<MobileNetV3Block> Blocks { get; init; }

    /// <summary>Channels of the stem at full width. Default 16.</summary>
    public int StemChannels { get; init; } = 16;

    /// <summary>What all channels are multiplied by, rounded to multiples of 8. Default 1.</summary>
    public double Width { get; init; } = 1;

    /// <summary>
    /// What the channels of the last stage are divided by: its blocks' outputs, their expansions from the second block on, and with
    /// them the last convolution. Default 1; 2 is torchvision's <c>reduced_tail</c>, for SSDLite.
    /// </summary>
    public int TailDivisor { get; init; } = 1;

    /// <summary>
    /// The stride of the coarsest map: 32, or 16, where the last stage is dilated instead (torchvision's <c>dilated</c>, for
    /// segmentation). Default 32.
    /// </summary>
    public int OutputStride { get; init; } = 32;

    /// <summary>Where the features are taken. Default the last block on each stride.</summary>
    public MobileNetV3Taps Taps { get; init; } = MobileNetV3Taps.StageEnds;

    /// <summary>What follows the stem and the last convolution. Default Hardswish.</summary>
    public Activation Activation { get; init; } = Activation.HardSwish;

    /// <summary>The normalization behind each convolution. Default batch norm with epsilon 0.001 and momentum 0.01.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNormWith(epsilon: 0.001f, momentum: 0.01f);

    /// <summary>Channels of the image tensor. Default 3.</summary>
    public int InputChannels { get; init; } = 3;

    /// <summary>MobileNetV3-Large: fifteen blocks. 5,483,032 parameters with torchvision's classifier.</summary>
    public static MobileNetV3Spec Large { get; } = new()
    {
        Name = "MobileNetV3-Large",
        Blocks =
        [
            Block(3, 16, 16),
            Block(3, 64, 24, stride: 2),
            Block(3, 72, 24),
            Excited(5, 72, 40, Activation.Relu, stride: 2),
            Excited(5, 120, 40, Activation.Relu),
            Excited(5, 120, 40, Activation.Relu),
            Block(3, 240, 80, stride: 2) with { Activation = Activation.HardSwish },
            Block(3, 200, 80) with { Activation = Activation.HardSwish },
            Block(3, 184, 80) with { Activation = Activation.HardSwish },
            Block(3, 184, 80) with { Activation = Activation.HardSwish },
            Excited(3, 480, 112, Activation.HardSwish),
            Excited(3, 672, 112, Activation.HardSwish),
            Excited(5, 672, 160, Activation.HardSwish, stride: 2),
            Excited(5, 960, 160, Activation.HardSwish),
            Excited(5, 960, 160, Activation.HardSwish),
        ],
    };

    /// <summary>MobileNetV3-Small: eleven blocks. 2,542,856 parameters with torchvision's classifier.</summary>
    public static MobileNetV3Spec Small { get; } = new()
    {
        Name = "MobileNetV3-Small",
        Blocks =
        [
            Excited(3, 16, 16, Activation.Relu, stride: 2),
            Block(3, 72, 24, stride: 2),
            Block(3, 88, 24),
            Excited(5, 96, 40, Activation.HardSwish, stride: 2),
            Excited(5, 240, 40, Activation.HardSwish),
            Excited(5, 240, 40, Activation.HardSwish),
            Excited(5, 120, 48, Activation.HardSwish),
            Excited(5, 144, 48, Activation.HardSwish),
            Excited(5, 288, 96, Activation.HardSwish, stride: 2),
            Excited(5, 576, 96, Activation.HardSwish),
            Excited(5, 576, 96, Activation.HardSwish),
        ],
    };

    private static MobileNetV3Block Block(int kernel, int expanded, int channels, int stride = 1) =>
        new() { Kernel = kernel, ExpandedChannels = expanded, Channels = channels, Stride = stride };

    private static MobileNetV3Block Excited(int kernel, int expanded, int channels, Activation activation, int stride = 1) =>
        Block(kernel, expanded, channels, stride) with { SqueezesAndExcites = true, Activation = activation };
}
