namespace DeepVision.Cpu.Kernels.Grouped;

/// <summary>
/// What a strip kernel works on: some neighboring output pixels of one block of channels, summed over the input channels of a group
/// (block after block, lane after lane) and for each of them over the taps.
/// </summary>
internal unsafe struct GroupStripCall
{
    /// <summary>The panel: what the first pixel reads lies here and at offsets from here; the next pixel's is a vector further.</summary>
    public float* Input;

    /// <summary>How many blocks of input channels.</summary>
    public nint Blocks;

    /// <summary>Floats from one of them to the next.</summary>
    public nint BlockStride;

    /// <summary>Input channels of a block.</summary>
    public nint Lanes;

    /// <summary>Floats from one of them to the next.</summary>
    public nint LaneStride;

    /// <summary>For each tap the floats from <see cref="Input"/> to what it reads.</summary>
    public nint* Taps;

    public nint TapCount;

    /// <summary>A vector for each input channel and tap.</summary>
    public float* Weights;

    /// <summary>What will be needed next, brought to the second-level cache meanwhile: two lines for each input channel.</summary>
    public float* Prefetch;

    /// <summary>Floats from one look to the next.</summary>
    public nint PrefetchStep;

    /// <summary>What the first pixel's sum starts from.</summary>
    public float* Start;

    /// <summary>Floats from there to what the next pixel's starts from; 0 where all start from the bias.</summary>
    public nint StartStride;

    /// <summary>What is added, laid out as the output; read by the epilogues that add only.</summary>
    public float* Residual;

    /// <summary>Where the first pixel goes; the others follow it densely.</summary>
    public float* Output;
}
