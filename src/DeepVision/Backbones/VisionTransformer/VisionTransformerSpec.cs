using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Backbones;

/// <summary>
/// A Vision Transformer (Dosovitskiy et al. 2020): square patches of the image as tokens behind a class token, through layers of
/// self-attention. Gives the patch tokens of the last layer as one map of the patches' stride, C4 for patches of 16 pixels, and to
/// a classifier the class token. The learned positions fix the image's size. Vary a preset by <c>with</c>.
/// </summary>
public sealed record VisionTransformerSpec
{
    /// <summary>The name for messages and summaries.</summary>
    public required string Name { get; init; }

    /// <summary>Pixels along a patch's side. Where it is no power of 2, there is no map, only the class token.</summary>
    public required int PatchSize { get; init; }

    /// <summary>Layers.</summary>
    public required int Depth { get; init; }

    /// <summary>Channels of each token.</summary>
    public required int Width { get; init; }

    /// <summary>Heads of each self-attention; divides the width.</summary>
    public required int Heads { get; init; }

    /// <summary>Features between the two layers of each perceptron.</summary>
    public required int HiddenWidth { get; init; }

    /// <summary>The images' height and width; multiples of the patch size. Default 224 x 224.</summary>
    public Size2D ImageSize { get; init; } = 224;

    /// <summary>
    /// The chance that a value is dropped in training, behind the positions, each attention and each layer of a perceptron. Default 0.
    /// </summary>
    public float Dropout { get; init; }

    /// <summary>What lies between the perceptron's layers. Default the exact GELU.</summary>
    public Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>The normalization before attention and perceptron and behind the last layer. Default layer norm, epsilon 1e-6.</summary>
    public Normalization Normalization { get; init; } = Normalization.LayerNorm(1e-6f);

    /// <summary>Channels of the image tensor. Default 3.</summary>
    public int InputChannels { get; init; } = 3;

    /// <summary>ViT-B/16. 86,567,656 parameters with torchvision's classifier.</summary>
    public static VisionTransformerSpec Base16 { get; } =
        new() { Name = "ViT-B/16", PatchSize = 16, Depth = 12, Width = 768, Heads = 12, HiddenWidth = 3072 };

    /// <summary>ViT-B/32. 88,224,232 parameters with torchvision's classifier.</summary>
    public static VisionTransformerSpec Base32 { get; } = Base16 with { Name = "ViT-B/32", PatchSize = 32 };

    /// <summary>ViT-L/16. 304,326,632 parameters with torchvision's classifier.</summary>
    public static VisionTransformerSpec Large16 { get; } =
        new() { Name = "ViT-L/16", PatchSize = 16, Depth = 24, Width = 1024, Heads = 16, HiddenWidth = 4096 };

    /// <summary>ViT-L/32. 306,535,400 parameters with torchvision's classifier.</summary>
    public static VisionTransformerSpec Large32 { get; } = Large16 with { Name = "ViT-L/32", PatchSize = 32 };

    /// <summary>ViT-H/14. 632,045,800 parameters with torchvision's classifier.</summary>
    public static VisionTransformerSpec Huge14 { get; } =
        new() { Name = "ViT-H/14", PatchSize = 14, Depth = 32, Width = 1280, Heads = 16, HiddenWidth = 5120 };
}
