using DeepVision.Graphs;

namespace DeepVision.Backbones;

/// <summary>
/// A convolutional network with a transformer's proportions (Liu et al. 2022): depthwise 7x7 convolutions, layer norm, a two-layer
/// perceptron at each pixel, and a learned scale before each sum. Gives C2 to C5; the official classifier normalizes what it pools
/// of C5. Vary a preset by <c>with</c>.
/// </summary>
public sealed record ConvNeXtSpec
{
    /// <summary>The name for messages and summaries.</summary>
    public required string Name { get; init; }

    /// <summary>Blocks in each of the four stages.</summary>
    public required IReadOnlyList<int> Depths { get; init; }

    /// <summary>Channels of each of the four stages.</summary>
    public required IReadOnlyList<int> Widths { get; init; }

    /// <summary>The chance that the last block's branch is dropped in training; it grows from 0 with each block. Default 0.</summary>
    public float StochasticDepth { get; init; }

    /// <summary>Where the learned scale of each channel of a branch starts. Default 1e-6.</summary>
    public float LayerScale { get; init; } = 1e-6f;

    /// <summary>What lies between the perceptron's layers. Default the exact GELU.</summary>
    public Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>The normalization in stem, blocks and between stages. Default layer norm over the channels, epsilon 1e-6.</summary>
    public Normalization Normalization { get; init; } = Normalization.LayerNorm(1e-6f);

    /// <summary>Channels of the image tensor. Default 3.</summary>
    public int InputChannels { get; init; } = 3;

    /// <summary>ConvNeXt-Tiny. 28,589,128 parameters with torchvision's classifier.</summary>
    public static ConvNeXtSpec Tiny { get; } =
        new() { Name = "ConvNeXt-Tiny", Depths = [3, 3, 9, 3], Widths = [96, 192, 384, 768], StochasticDepth = 0.1f };

    /// <summary>ConvNeXt-Small. 50,223,688 parameters with torchvision's classifier.</summary>
    public static ConvNeXtSpec Small { get; } =
        new() { Name = "ConvNeXt-Small", Depths = [3, 3, 27, 3], Widths = [96, 192, 384, 768], StochasticDepth = 0.4f };

    /// <summary>ConvNeXt-Base. 88,591,464 parameters with torchvision's classifier.</summary>
    public static ConvNeXtSpec Base { get; } =
        new() { Name = "ConvNeXt-Base", Depths = [3, 3, 27, 3], Widths = [128, 256, 512, 1024], StochasticDepth = 0.5f };

    /// <summary>ConvNeXt-Large. 197,767,336 parameters with torchvision's classifier.</summary>
    public static ConvNeXtSpec Large { get; } =
        new() { Name = "ConvNeXt-Large", Depths = [3, 3, 27, 3], Widths = [192, 384, 768, 1536], StochasticDepth = 0.5f };
}
