using DeepVision.Graphs;

namespace DeepVision.Necks;

/// <summary>
/// Spatial attention (SAM, of CBAM, Woo et al. 2018) of every map: its pixels are weighed by a convolution over the mean and the
/// largest of their channels.
/// </summary>
public sealed record SpatialAttentionSpec
{
    /// <summary>Side of the convolution's window; odd. Default 7.</summary>
    public int Kernel { get; init; } = 7;

    /// <summary>The normalization behind the convolution. Default none.</summary>
    public Normalization Normalization { get; init; } = Normalization.None;
}
