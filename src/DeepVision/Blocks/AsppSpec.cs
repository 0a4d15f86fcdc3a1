using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Blocks;

/// <summary>
/// Atrous spatial pyramid pooling of the coarsest map (Chen et al. 2017): a 1x1 convolution, 3x3 convolutions of growing dilation and
/// the mean of the whole map side by side, joined by a 1x1. Finer maps pass unchanged. Made for backbones with an output stride of 8 or
/// 16.
/// </summary>
public sealed record AsppSpec
{
    /// <summary>Channels of each branch and of the output; at least 1, default 256.</summary>
    public int Channels { get; init; } = 256;

    /// <summary>The dilation of each 3x3 branch, each at least 1. Default 12, 24 and 36, for an output stride of 8.</summary>
    public IReadOnlyList<int> Rates { get; init; } = [12, 24, 36];

    /// <summary>The normalization behind each convolution. Default batch norm.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNorm;

    /// <summary>The activation behind each convolution. Default ReLU.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>The chance that a value of the output is dropped in training, 0 to 1. Default 0.5.</summary>
    public float Dropout { get; init; } = 0.5f;
}
