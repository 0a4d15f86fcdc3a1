using DeepVision.Graphs;

namespace DeepVision.Backbones;

/// <summary>
/// A VGG network (Simonyan and Zisserman 2014): five stages of 3x3 convolutions, each ended by a 2x2 max pool. Gives C1 to C4,
/// what the second to fifth stage hold before their pool, and C5, the last pool's output.
/// </summary>
public sealed record VggSpec
{
    internal const int Stages = 5;

    /// <summary>The name for messages and summaries.</summary>
    public required string Name { get; init; }

    /// <summary>Convolutions in each of the five stages.</summary>
    public required IReadOnlyList<int> Depths { get; init; }

    /// <summary>Channels of each of the five stages. Default 64, 128, 256, 512, 512.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [64, 128, 256, 512, 512];

    /// <summary>The normalization behind each convolution. Default none; torchvision's <c>_bn</c> models have batch norm.</summary>
    public Normalization Normalization { get; init; } = Normalization.None;

    /// <summary>Channels of the image tensor. Default 3.</summary>
    public int InputChannels { get; init; } = 3;

    /// <summary>VGG-11, configuration A.</summary>
    public static VggSpec Vgg11 { get; } = new() { Name = "VGG-11", Depths = [1, 1, 2, 2, 2] };

    /// <summary>VGG-13, configuration B.</summary>
    public static VggSpec Vgg13 { get; } = new() { Name = "VGG-13", Depths = [2, 2, 2, 2, 2] };

    /// <summary>VGG-16, configuration D. 138,357,544 parameters with torchvision's classifier.</summary>
    public static VggSpec Vgg16 { get; } = new() { Name = "VGG-16", Depths = [2, 2, 3, 3, 3] };

    /// <summary>VGG-19, configuration E.</summary>
    public static VggSpec Vgg19 { get; } = new() { Name = "VGG-19", Depths = [2, 2, 4, 4, 4] };

    /// <summary>The same network with batch norm behind each convolution: torchvision's <c>vgg16_bn</c> and its like.</summary>
    public VggSpec WithBatchNorm() => this with { Name = Name + " with batch norm", Normalization = Normalization.BatchNorm };

    /// <summary>Throws where the spec describes no network.</summary>
    /// <exception cref="ModelBuildException">It has not five stages of at least one convolution and one channel.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Normalization);
        ArgumentNullException.ThrowIfNull(Name);
        if (Depths is not { Count: Stages } || Widths is not { Count: Stages }
            || Depths.Concat(Widths).Any(number => number < 1) || InputChannels < 1)
        {
            throw new ModelBuildException(
                $"A VGG needs five stages of at least one convolution and one channel; found depths [{string.Join(", ", Depths ?? [])}], "
                + $"widths [{string.Join(", ", Widths ?? [])}], {InputChannels} input channels.")
            {
                Component = Name,
            };
        }
    }
}
