namespace DeepVision.Graphs.Operations;

/// <summary>What a pooling keeps of a window.</summary>
public enum PoolingKind
{
    /// <summary>The mean.</summary>
    Average,

    /// <summary>The largest value; NaN wins.</summary>
    Max,
}
