using DeepVision.Tensors;

namespace DeepVision.Preprocessing;

/// <summary>
/// How stored pixels stand for a larger picture: each is the mean of a square of <paramref name="Factor"/> x <paramref name="Factor"/>
/// of the picture's pixels, on a grid that may begin before the picture does.
/// </summary>
/// <param name="Factor">2, 4 or 8.</param>
/// <param name="FullSize">The picture's size.</param>
/// <param name="BeforeX">Columns of the picture that the first stored column has too many.</param>
/// <param name="BeforeY">Rows of the picture that the first stored row has too many.</param>
internal sealed record PixelReduction(int Factor, ImageSize FullSize, int BeforeX, int BeforeY)
{
    /// <summary>A picture whose first pixels begin the grid, as decoders give it.</summary>
    public PixelReduction(int factor, ImageSize fullSize)
        : this(factor, fullSize, 0, 0)
    {
    }

    /// <summary>How many pixels are stored.</summary>
    public ImageSize Stored => new(StoredLength(FullSize.Width + BeforeX, Factor), StoredLength(FullSize.Height + BeforeY, Factor));

    /// <summary>Pixels along one axis at a factor, the last of them perhaps not quite covered.</summary>
    public static int StoredLength(int length, int factor) => (length + factor - 1) / factor;
}
