using DeepVision.Blocks;
using DeepVision.Graphs;

namespace DeepVision.Necks;

/// <summary>
/// PANet's bottom-up path (Liu et al. 2018) over a pyramid of equal channels: stride-2 3x3 down, fusion with the next coarser map,
/// 3x3. Stands behind an FPN.
/// </summary>
public sealed record PanSpec
{
    /// <summary>How what comes up is fused with the next coarser map. Default the sum, as in the paper.</summary>
    public FeatureFusion Fusion { get; init; } = FeatureFusion.Add;

    /// <summary>What follows each convolution. Default ReLU, as in the paper.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>The normalization behind each convolution. Default none.</summary>
    public Normalization Normalization { get; init; } = Normalization.None;
}
