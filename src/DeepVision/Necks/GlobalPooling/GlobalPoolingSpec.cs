using DeepVision.Graphs.Operations;

namespace DeepVision.Necks;

/// <summary>Global pooling (Lin et al. 2013): one number for each channel of the coarsest map.</summary>
public sealed record GlobalPoolingSpec
{
    /// <summary>What is kept of a channel. Default the mean: GAP.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Average;
}
