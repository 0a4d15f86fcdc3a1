using DeepVision.Graphs;

namespace DeepVision.Backbones;

/// <summary>
/// A residual network for ImageNet-sized images (He et al. 2015), with torchvision's details: the stride of a bottleneck sits
/// in its 3x3 ("v1.5"). Gives C2 to C5. Vary a preset by <c>with</c>.
/// </summary>
public sealed record ResNetSpec
{
    /// <summary>The name for messages and summaries.</summary>
    public required string Name { get; init; }

    /// <summary>The block.</summary>
    public required ResNetBlockKind Block { get; init; }

    /// <summary>Blocks in each of the four stages.</summary>
    public required IReadOnlyList<int> Depths { get; init; }

    /// <summary>Channels of the stem and of the first stage's blocks; each later stage doubles it. Default 64.</summary>
    public int BaseWidth { get; init; } = 64;

    /// <summary>The normalisation behind each convolution. Default batch norm.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNorm;

    /// <summary>Channels of the image tensor. Default 3.</summary>
    public int InputChannels { get; init; } = 3;

    /// <summary>ResNet-18: basic blocks, 2-2-2-2. 11,689,512 parameters with torchvision's classifier.</summary>
    public static ResNetSpec ResNet18 { get; } = new() { Name = "ResNet-18", Block = ResNetBlockKind.Basic, Depths = [2, 2, 2, 2] };

    /// <summary>ResNet-34: basic blocks, 3-4-6-3. 21,797,672 parameters with torchvision's classifier.</summary>
    public static ResNetSpec ResNet34 { get; } = new() { Name = "ResNet-34", Block = ResNetBlockKind.Basic, Depths = [3, 4, 6, 3] };

    /// <summary>ResNet-50: bottlenecks, 3-4-6-3. 25,557,032 parameters with torchvision's classifier.</summary>
    public static ResNetSpec ResNet50 { get; } = new() { Name = "ResNet-50", Block = ResNetBlockKind.Bottleneck, Depths = [3, 4, 6, 3] };

    /// <summary>ResNet-101: bottlenecks, 3-4-23-3. 44,549,160 parameters with torchvision's classifier.</summary>
    public static ResNetSpec ResNet101 { get; } = new() { Name = "ResNet-101", Block = ResNetBlockKind.Bottleneck, Depths = [3, 4, 23, 3] };

    /// <summary>ResNet-152: bottlenecks, 3-8-36-3. 60,192,808 parameters with torchvision's classifier.</summary>
    public static ResNetSpec ResNet152 { get; } = new() { Name = "ResNet-152", Block = ResNetBlockKind.Bottleneck, Depths = [3, 8, 36, 3] };
}
