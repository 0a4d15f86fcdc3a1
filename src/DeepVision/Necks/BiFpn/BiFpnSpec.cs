using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;

namespace DeepVision.Necks;

/// <summary>
/// A bidirectional feature pyramid (BiFPN, Tan et al. 2020): paths down and up again over all levels, several times, with
/// depthwise separable convolutions and learned weights for what is fused.
/// </summary>
public sealed record BiFpnSpec
{
    /// <summary>Channels of every level. Default 64, EfficientDet-D0's.</summary>
    public int Channels { get; init; } = 64;

    /// <summary>How many times both paths are gone; at least 1. Default 3, EfficientDet-D0's.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>
    /// The levels that are given. Default null: those that the head asks for, else the backbone's. Levels beyond the backbone's
    /// coarsest come from it by a 1x1 convolution and 3x3 max pools of stride 2.
    /// </summary>
    public LevelRange? Levels { get; init; }

    /// <summary>How values are fused. Default with learned weights, as in the paper.</summary>
    public FeatureFusion Fusion { get; init; } = FeatureFusion.Weighted;

    /// <summary>What stands before each convolution of the paths. Default SiLU (Swish).</summary>
    public Activation Activation { get; init; } = Activation.Silu;

    /// <summary>The normalization behind each convolution. Default batch norm with EfficientDet's epsilon 1e-3 and momentum 0.01.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNormWith(epsilon: 1e-3f, momentum: 0.01f);
}
