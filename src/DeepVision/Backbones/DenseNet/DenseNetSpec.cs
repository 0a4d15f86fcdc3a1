using DeepVision.Graphs;

namespace DeepVision.Backbones;

/// <summary>
/// A densely connected network (Huang et al. 2016, "DenseNet-BC"): every layer of a block reads the outputs of all layers before it.
/// Gives C2 to C5, each behind the norm and the activation that follow its block. Vary a preset by <c>with</c>.
/// </summary>
public sealed record DenseNetSpec
{
    /// <summary>The name for messages and summaries.</summary>
    public required string Name { get; init; }

    /// <summary>Layers in each of the four blocks.</summary>
    public required IReadOnlyList<int> Depths { get; init; }

    /// <summary>Channels that each layer adds. Default 32.</summary>
    public int GrowthRate { get; init; } = 32;

    /// <summary>Channels of the stem. Default 64.</summary>
    public int StemWidth { get; init; } = 64;

    /// <summary>Channels of a layer's 1x1 convolution relative to the growth rate. Default 4.</summary>
    public int BottleneckMultiplier { get; init; } = 4;

    /// <summary>The chance that a value of a layer's output is dropped in training. Default 0.</summary>
    public float Dropout { get; init; }

    /// <summary>What follows each normalization. Default ReLU.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>The normalization before each convolution, behind the stem and behind the last block. Default batch norm.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNorm;

    /// <summary>Channels of the image tensor. Default 3.</summary>
    public int InputChannels { get; init; } = 3;

    /// <summary>DenseNet-121. 7,978,856 parameters with torchvision's classifier.</summary>
    public static DenseNetSpec DenseNet121 { get; } = new() { Name = "DenseNet-121", Depths = [6, 12, 24, 16] };

    /// <summary>DenseNet-161. 28,681,000 parameters with torchvision's classifier.</summary>
    public static DenseNetSpec DenseNet161 { get; } = new() { Name = "DenseNet-161", Depths = [6, 12, 36, 24], GrowthRate = 48, StemWidth = 96 };

    /// <summary>DenseNet-169. 14,149,480 parameters with torchvision's classifier.</summary>
    public static DenseNetSpec DenseNet169 { get; } = new() { Name = "DenseNet-169", Depths = [6, 12, 32, 32] };

    /// <summary>DenseNet-201. 20,013,928 parameters with torchvision's classifier.</summary>
    public static DenseNetSpec DenseNet201 { get; } = new() { Name = "DenseNet-201", Depths = [6, 12, 48, 32] };
}
