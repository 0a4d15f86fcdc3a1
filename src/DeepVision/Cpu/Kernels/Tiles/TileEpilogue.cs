namespace DeepVision.Cpu.Kernels.Tiles;

/// <summary>The epilogues that tiles are compiled with; other activations are a pass over the tile just stored.</summary>
[Flags]
internal enum TileEpilogue
{
    /// <summary>Nothing.</summary>
    Plain = 0,

    /// <summary>Add the residual.</summary>
    AddResidual = 1,

    /// <summary>Then ReLU.</summary>
    Rectify = 2,

    /// <summary>Then ReLU6, instead of ReLU.</summary>
    RectifySix = 4,
}
