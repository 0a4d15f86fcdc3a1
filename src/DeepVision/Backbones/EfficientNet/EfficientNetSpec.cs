using DeepVision.Blocks;
using DeepVision.Graphs;

namespace DeepVision.Backbones;

/// <summary>
/// A network of inverted residual blocks whose depth and width were scaled together (Tan and Le 2019), or of its second version with
/// fused blocks in the first stages (2021). Gives the last map of each stride from 4: C2 to C5; the official classifier reads a
/// 1x1 convolution behind the last. Vary a preset by <c>with</c>.
/// </summary>
public sealed record EfficientNetSpec
{
    /// <summary>The name for messages and summaries.</summary>
    public required string Name { get; init; }

    /// <summary>The stages, behind a stem of stride 2.</summary>
    public required IReadOnlyList<EfficientNetStage> Stages { get; init; }

    /// <summary>Channels of the stem.</summary>
    public required int StemWidth { get; init; }

    /// <summary>Channels of the 1x1 convolution before the classifier. At least 1. Default null: four times the last stage's.</summary>
    public int? FinalWidth { get; init; }

    /// <summary>
    /// The chance that the last block's branch is dropped in training; it grows from 0 with each block. Default 0.2.
    /// </summary>
    public float StochasticDepth { get; init; } = 0.2f;

    /// <summary>What follows each normalization but the last of a block, and the squeeze. Default SiLU.</summary>
    public Activation Activation { get; init; } = Activation.Silu;

    /// <summary>The normalization behind each convolution. Default batch norm.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNorm;

    /// <summary>Channels of the image tensor. Default 3.</summary>
    public int InputChannels { get; init; } = 3;

    /// <summary>EfficientNet-B0, for images of 224 pixels. 5,288,548 parameters with torchvision's classifier.</summary>
    public static EfficientNetSpec B0 { get; } = new()
    {
        Name = "EfficientNet-B0",
        StemWidth = 32,
        Stages =
        [
            Stage(expansion: 1, kernel: 3, stride: 1, channels: 16, depth: 1),
            Stage(expansion: 6, kernel: 3, stride: 2, channels: 24, depth: 2),
            Stage(expansion: 6, kernel: 5, stride: 2, channels: 40, depth: 2),
            Stage(expansion: 6, kernel: 3, stride: 2, channels: 80, depth: 3),
            Stage(expansion: 6, kernel: 5, stride: 1, channels: 112, depth: 3),
            Stage(expansion: 6, kernel: 5, stride: 2, channels: 192, depth: 4),
            Stage(expansion: 6, kernel: 3, stride: 1, channels: 320, depth: 1),
        ],
    };

    /// <summary>EfficientNet-B1, for images of 240 pixels. 7,794,184 parameters with torchvision's classifier.</summary>
    public static EfficientNetSpec B1 { get; } = B0.Scale(width: 1.0, depth: 1.1) with { Name = "EfficientNet-B1" };

    /// <summary>EfficientNet-B2, for images of 288 pixels. 9,109,994 parameters with torchvision's classifier.</summary>
    public static EfficientNetSpec B2 { get; } = B0.Scale(width: 1.1, depth: 1.2) with { Name = "EfficientNet-B2" };

    /// <summary>EfficientNet-B3, for images of 300 pixels. 12,233,232 parameters with torchvision's classifier.</summary>
    public static EfficientNetSpec B3 { get; } = B0.Scale(width: 1.2, depth: 1.4) with { Name = "EfficientNet-B3" };

    /// <summary>EfficientNet-B4, for images of 380 pixels. 19,341,616 parameters with torchvision's classifier.</summary>
    public static EfficientNetSpec B4 { get; } = B0.Scale(width: 1.4, depth: 1.8) with { Name = "EfficientNet-B4" };

    /// <summary>EfficientNet-B5, for images of 456 pixels; its batch norm has epsilon 1e-3 and momentum 0.01. 30,389,784 parameters with torchvision's classifier.</summary>
    public static EfficientNetSpec B5 { get; } = B0.Scale(width: 1.6, depth: 2.2) with { Name = "EfficientNet-B5", Normalization = SlowNorm };

    /// <summary>EfficientNet-B6, for images of 528 pixels; its batch norm is B5's. 43,040,704 parameters with torchvision's classifier.</summary>
    public static EfficientNetSpec B6 { get; } = B0.Scale(width: 1.8, depth: 2.6) with { Name = "EfficientNet-B6", Normalization = SlowNorm };

    /// <summary>EfficientNet-B7, for images of 600 pixels; its batch norm is B5's. 66,347,960 parameters with torchvision's classifier.</summary>
    public static EfficientNetSpec B7 { get; } = B0.Scale(width: 2.0, depth: 3.1) with { Name = "EfficientNet-B7", Normalization = SlowNorm };

    /// <summary>EfficientNetV2-S, for images of 384 pixels; its batch norm has epsilon 1e-3. 21,458,488 parameters with torchvision's classifier.</summary>
    public static EfficientNetSpec V2S { get; } = new()
    {
        Name = "EfficientNetV2-S",
        StemWidth = 24,
        FinalWidth = 1280,
        Normalization = V2Norm,
        Stages =
        [
            Fused(expansion: 1, stride: 1, channels: 24, depth: 2),
            Fused(expansion: 4, stride: 2, channels: 48, depth: 4),
            Fused(expansion: 4, stride: 2, channels: 64, depth: 4),
            Stage(expansion: 4, kernel: 3, stride: 2, channels: 128, depth: 6),
            Stage(expansion: 6, kernel: 3, stride: 1, channels: 160, depth: 9),
            Stage(expansion: 6, kernel: 3, stride: 2, channels: 256, depth: 15),
        ],
    };

    /// <summary>EfficientNetV2-M, for images of 480 pixels; its batch norm has epsilon 1e-3. 54,139,356 parameters with torchvision's classifier.</summary>
    public static EfficientNetSpec V2M { get; } = new()
    {
        Name = "EfficientNetV2-M",
        StemWidth = 24,
        FinalWidth = 1280,
        Normalization = V2Norm,
        Stages =
        [
            Fused(expansion: 1, stride: 1, channels: 24, depth: 3),
            Fused(expansion: 4, stride: 2, channels: 48, depth: 5),
            Fused(expansion: 4, stride: 2, channels: 80, depth: 5),
            Stage(expansion: 4, kernel: 3, stride: 2, channels: 160, depth: 7),
            Stage(expansion: 6, kernel: 3, stride: 1, channels: 176, depth: 14),
            Stage(expansion: 6, kernel: 3, stride: 2, channels: 304, depth: 18),
            Stage(expansion: 6, kernel: 3, stride: 1, channels: 512, depth: 5),
        ],
    };

    /// <summary>EfficientNetV2-L, for images of 480 pixels; its batch norm has epsilon 1e-3. 118,515,272 parameters with torchvision's classifier.</summary>
    public static EfficientNetSpec V2L { get; } = new()
    {
        Name = "EfficientNetV2-L",
        StemWidth = 32,
        FinalWidth = 1280,
        Normalization = V2Norm,
        Stages =
        [
            Fused(expansion: 1, stride: 1, channels: 32, depth: 4),
            Fused(expansion: 4, stride: 2, channels: 64, depth: 7),
            Fused(expansion: 4, stride: 2, channels: 96, depth: 7),
            Stage(expansion: 4, kernel: 3, stride: 2, channels: 192, depth: 10),
            Stage(expansion: 6, kernel: 3, stride: 1, channels: 224, depth: 19),
            Stage(expansion: 6, kernel: 3, stride: 2, channels: 384, depth: 25),
            Stage(expansion: 6, kernel: 3, stride: 1, channels: 640, depth: 7),
        ],
    };

    private static Normalization SlowNorm => Normalization.BatchNormWith(epsilon: 1e-3f, momentum: 0.01f);

    private static Normalization V2Norm => Normalization.BatchNormWith(epsilon: 1e-3f);

    /// <summary>The same stages with more channels, rounded to multiples of 8, and more blocks, rounded up.</summary>
    /// <param name="width">What channels are multiplied by; positive.</param>
    /// <param name="depth">What numbers of blocks are multiplied by; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is not positive.</exception>
    public EfficientNetSpec Scale(double width, double depth)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(depth);
        return this with
        {
            StemWidth = ChannelRounding.ToMultipleOf8(StemWidth * width),
            FinalWidth = FinalWidth is { } final ? ChannelRounding.ToMultipleOf8(final * width) : null,
            Stages =
            [
                .. Stages.Select(stage => stage with
                {
                    Channels = ChannelRounding.ToMultipleOf8(stage.Channels * width),
                    Depth = (int)Math.Ceiling(stage.Depth * depth),
                }),
            ],
        };
    }

    private static EfficientNetStage Stage(int expansion, int kernel, int stride, int channels, int depth) =>
        new() { Expansion = expansion, Kernel = kernel, Stride = stride, Channels = channels, Depth = depth };

    private static EfficientNetStage Fused(int expansion, int stride, int channels, int depth) =>
        Stage(expansion, kernel: 3, stride, channels, depth) with { Block = EfficientNetBlockKind.FusedMbConv };
}
