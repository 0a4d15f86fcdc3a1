namespace DeepVision.Cpu.Kernels.Tiles;

/// <summary>
/// What a tile kernel works on. A tile is a matrix product: P pixels times one or two blocks of output channels, summed over
/// the taps (block after block, lane after lane) in registers, then finished and stored.
/// </summary>
internal unsafe struct TileCall
{
    /// <summary>The first input value of the first pixel. Pixels and lanes lie as the kernel's <see cref="IInputOrder"/> says.</summary>
    public float* Input;

    /// <summary>Floats from one input block to the next.</summary>
    public nint InputBlockStride;

    /// <summary>How many input blocks are summed.</summary>
    public nint Blocks;

    /// <summary>How many taps a block has.</summary>
    public nint Lanes;

    /// <summary>For each tap a vector for each output block of the tile, in the order in which the kernel reads them.</summary>
    public float* Weights;

    /// <summary>What will be needed next, brought to the second-level cache meanwhile: one look for each tap.</summary>
    public float* Prefetch;

    /// <summary>Floats from one look to the next.</summary>
    public nint PrefetchStep;

    /// <summary>A vector for each output block of the tile: what the sums start from.</summary>
    public float* Bias;

    /// <summary>What is added to the finished sums, pixels dense as in the output; read by the epilogues that add only.</summary>
    public float* Residual;

    /// <summary>Floats from one output block to the next in the residual.</summary>
    public nint ResidualBlockStride;

    /// <summary>Where the first pixel of the first output block goes; the others follow it densely.</summary>
    public float* Output;

    /// <summary>Floats from one output block to the next in the output.</summary>
    public nint OutputBlockStride;

    /// <summary>Whether the output is asked for ahead; in vain where it lies in the second-level cache, as scratch memory does.</summary>
    public bool FetchesOutput;
}
