namespace DeepVision.Cpu.Kernels.Pooling;

/// <summary>What a pool makes of the pixels of a window.</summary>
internal enum PoolMode
{
    /// <summary>The largest; NaN if one is NaN.</summary>
    Max,

    /// <summary>The sum over the number of pixels inside of the map.</summary>
    Average,

    /// <summary>The sum over the number of pixels, padding included.</summary>
    AverageWithPadding,
}
