namespace DeepVision.Cpu.Kernels.Winograd;

/// <summary>What an output transform works on: one tile of one block of channels.</summary>
internal unsafe struct WinogradOutputCall
{
    /// <summary>The sums of products, point by point.</summary>
    public float* Points;

    /// <summary>Floats from one point to the next.</summary>
    public nint PointStride;

    /// <summary>A vector that is added to every output.</summary>
    public float* Bias;

    /// <summary>Room for a vector for each point.</summary>
    public float* Temporary;

    /// <summary>Where the tile's first pixel goes.</summary>
    public float* Output;

    /// <summary>What is added to the outputs, read by the epilogues that add only.</summary>
    public float* Residual;

    /// <summary>Floats from one row of the map to the next, in the output and in the residual.</summary>
    public nint RowStride;

    /// <summary>Rows of the tile within the map.</summary>
    public nint Rows;

    /// <summary>Columns of the tile within the map.</summary>
    public nint Columns;
}
