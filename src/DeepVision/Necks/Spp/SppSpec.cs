using DeepVision.Graphs.Operations;

namespace DeepVision.Necks;

/// <summary>
/// Spatial pyramid pooling (He et al. 2014): pools the coarsest map to several fixed grids and concatenates them, so that an
/// image of any size gives a vector of one length. Has no parameters.
/// </summary>
public sealed record SppSpec
{
    /// <summary>Cells along each side of each grid. Default 1, 2, 4: 21 values a channel.</summary>
    public IReadOnlyList<int> Grids { get; init; } = [1, 2, 4];

    /// <summary>What a cell keeps. Default the largest value.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Max;
}
