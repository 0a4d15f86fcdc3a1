using DeepVision.Graphs;
using DeepVision.Zoo;

namespace DeepVision.Backbones;

/// <summary>
/// A residual network for ImageNet-sized images (He et al. 2015), with torchvision's details: the stride of a bottleneck sits
/// in its 3x3 ("v1.5"). ResNeXt (Xie et al. 2016) and Wide ResNet (Zagoruyko and Komodakis 2016) are the same network with
/// other <see cref="Groups"/> and <see cref="WidthPerGroup"/>. Gives C2 to C5. Vary a preset by <c>with</c>.
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

    /// <summary>Groups of a bottleneck's 3x3 convolution: ResNeXt's cardinality. Default 1; basic blocks have no other.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>
    /// Channels of each group of a bottleneck's 3x3 in the first stage, where <see cref="BaseWidth"/> is 64: a stage's 3x3 has
    /// <c>BaseWidth * 2^stage * WidthPerGroup / 64 * Groups</c> channels. Default 64; basic blocks have no other.
    /// </summary>
    public int WidthPerGroup { get; init; } = 64;

    /// <summary>
    /// The stride of the coarsest map: 32, 16, 8 or 4. Below 32 the last stages keep their resolution, and their 3x3 convolutions
    /// are dilated instead, as segmentation wants (torchvision's <c>replace_stride_with_dilation</c>: 8 dilates the last two
    /// stages). Such maps keep their names, C4 and C5. Default 32; basic blocks have no other.
    /// </summary>
    public int OutputStride { get; init; } = 32;

    /// <summary>The normalization behind each convolution. Default batch norm.</summary>
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

    /// <summary>ResNeXt-50 32x4d: 32 groups of 4 channels, 3-4-6-3. 25,028,904 parameters with torchvision's classifier.</summary>
    public static ResNetSpec ResNeXt50x32x4d { get; } = ResNet50 with { Name = "ResNeXt-50 32x4d", Groups = 32, WidthPerGroup = 4 };

    /// <summary>ResNeXt-101 32x8d: 32 groups of 8 channels, 3-4-23-3. 88,791,336 parameters with torchvision's classifier.</summary>
    public static ResNetSpec ResNeXt101x32x8d { get; } = ResNet101 with { Name = "ResNeXt-101 32x8d", Groups = 32, WidthPerGroup = 8 };

    /// <summary>ResNeXt-101 64x4d: 64 groups of 4 channels, 3-4-23-3. 83,455,272 parameters with torchvision's classifier.</summary>
    public static ResNetSpec ResNeXt101x64x4d { get; } = ResNet101 with { Name = "ResNeXt-101 64x4d", Groups = 64, WidthPerGroup = 4 };

    /// <summary>Wide ResNet-50-2: bottlenecks with a 3x3 of twice the width, 3-4-6-3. 68,883,240 parameters with torchvision's classifier.</summary>
    public static ResNetSpec WideResNet50x2 { get; } = ResNet50 with { Name = "Wide ResNet-50-2", WidthPerGroup = 128 };

    /// <summary>Wide ResNet-101-2: bottlenecks with a 3x3 of twice the width, 3-4-23-3. 126,886,696 parameters with torchvision's classifier.</summary>
    public static ResNetSpec WideResNet101x2 { get; } = ResNet101 with { Name = "Wide ResNet-101-2", WidthPerGroup = 128 };
}
