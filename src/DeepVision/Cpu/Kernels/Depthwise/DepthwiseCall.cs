namespace DeepVision.Cpu.Kernels.Depthwise;

/// <summary>What a depthwise kernel works on: some neighboring output pixels of one block of channels.</summary>
internal unsafe struct DepthwiseCall
{
    /// <summary>For each row of the kernel the row of the map that it reads, from its first pixel.</summary>
    public float** Rows;

    /// <summary>Floats from there to what the first pixel's first tap reads; negative at the left edge.</summary>
    public nint Offset;

    /// <summary>A vector for each tap.</summary>
    public float* Weights;

    /// <summary>What the sums start from.</summary>
    public float* Bias;

    /// <summary>What is added, laid out as the output; read by the epilogues that add only.</summary>
    public float* Residual;

    /// <summary>Where the first pixel goes; the others follow it densely.</summary>
    public float* Output;

    /// <summary>Floats from what one output pixel reads to what the next does.</summary>
    public nint PixelStride;

    public nint KernelHeight;

    public nint KernelWidth;

    /// <summary>The first column of the kernel that lies within the map.</summary>
    public nint FirstColumn;

    /// <summary>The column behind the last.</summary>
    public nint EndColumn;
}
