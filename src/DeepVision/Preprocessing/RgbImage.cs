using DeepVision.Tensors;

namespace DeepVision.Preprocessing;

/// <summary>
/// An image in memory: 8-bit red, green, blue, interleaved, rows from top to bottom without padding.
/// Pixel (x, y) starts at <c>3 * (y * Width + x)</c>. Not thread-safe for writing.
/// </summary>
public sealed class RgbImage
{
    /// <summary>The longest side that an image can have.</summary>
    public const int MaxSide = 65_535;

    private readonly byte[] _pixels;

    /// <summary>Creates a black image.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 or above <see cref="MaxSide"/>, or the pixels exceed 2 GB.</exception>
    public RgbImage(int width, int height)
        : this(width, height, new byte[CheckedLength(width, height)])
    {
    }

    /// <summary>Wraps pixels without copying them.</summary>
    /// <exception cref="ArgumentException">The array's length is not <c>3 * width * height</c>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 or above <see cref="MaxSide"/>, or the pixels exceed 2 GB.</exception>
    public RgbImage(int width, int height, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        int expected = CheckedLength(width, height);
        if (pixels.Length != expected)
        {
            throw new ArgumentException(
                $"An RGB image of {width} x {height} needs {expected} bytes; found {pixels.Length}.", nameof(pixels));
        }

        Width = width;
        Height = height;
        _pixels = pixels;
    }

    /// <summary>Wraps pixels that stand for a larger picture.</summary>
    internal RgbImage(PixelReduction reduction, byte[] pixels)
        : this(reduction.Stored.Width, reduction.Stored.Height, pixels)
    {
        Reduction = reduction;
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>
    /// The size of the picture that the pixels show. It is <see cref="Width"/> x <see cref="Height"/> but for an image that was decoded
    /// at reduced size for a model; results on such an image are in the pixels of this size.
    /// </summary>
    public ImageSize FullSize => Reduction?.FullSize ?? new ImageSize(Width, Height);

    /// <summary>How the pixels stand for a larger picture; null where they do not.</summary>
    internal PixelReduction? Reduction { get; }

    /// <summary>All pixels, interleaved red, green, blue.</summary>
    public Span<byte> Pixels => _pixels;

    /// <summary>All pixels, for those who hold them longer than a span may be held.</summary>
    internal Memory<byte> Memory => _pixels;

    /// <summary>One row's pixels, <c>3 * Width</c> bytes.</summary>
    public Span<byte> Row(int y)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)Height, nameof(y));
        return _pixels.AsSpan(y * 3 * Width, 3 * Width);
    }

    /// <summary>A copy with pixels of its own.</summary>
    public RgbImage Clone()
    {
        var pixels = (byte[])_pixels.Clone();
        return Reduction is { } reduction ? new(reduction, pixels) : new(Width, Height, pixels);
    }

    private static int CheckedLength(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MaxSide);
        long length = 3L * width * height;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Array.MaxLength, nameof(height));
        return (int)length;
    }
}
