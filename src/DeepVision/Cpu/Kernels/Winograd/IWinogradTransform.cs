namespace DeepVision.Cpu.Kernels.Winograd;

/// <summary>
/// The transforms of one minimal filtering algorithm F(m x m, 3 x 3): a patch of (m + 2) x (m + 2) input pixels becomes as many
/// points, which are multiplied with those of the kernel one by one, summed over the input channels, and become m x m outputs.
/// </summary>
internal unsafe interface IWinogradTransform
{
    /// <summary>m: pixels of an output tile in each direction.</summary>
    static abstract int Tile { get; }

    /// <summary>Transforms a patch of one block of channels.</summary>
    /// <param name="rows">For each row of the patch where its first pixel lies.</param>
    /// <param name="firstColumn">The first column within the map; those before it are zero and not read.</param>
    /// <param name="endColumn">The column behind the last within the map.</param>
    /// <param name="temporary">Room for a vector for each point.</param>
    /// <param name="points">Receives the points, row by row.</param>
    /// <param name="pointStride">Floats from one point to the next.</param>
    static abstract void Input(
        float** rows, int firstColumn, int endColumn, float* temporary, float* points, nint pointStride);

    /// <summary>The code that turns sums of products into a tile of outputs.</summary>
    static abstract delegate*<WinogradOutputCall*, void> Output(Tiles.TileEpilogue epilogue);
}
