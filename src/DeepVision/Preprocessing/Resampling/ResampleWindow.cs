using DeepVision.Tensors;

namespace DeepVision.Preprocessing.Resampling;

/// <summary>
/// A resize of a source to a new size of which only one part is wanted: resampling is local, so that the rest of the new
/// image need not exist.
/// </summary>
internal readonly record struct ResampleWindow(ImageSize Source, ImageSize Resized, int Left, int Top, int Width, int Height)
{
    /// <summary>Bytes that kernels may write beyond the last pixel of a buffer.</summary>
    public const int Slack = 64;

    /// <summary>How the source's pixels are stored, where not one by one; only the antialiasing filters take that.</summary>
    public PixelReduction? Reduction { get; init; }

    /// <summary>How many threads may work on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The pixels that lie in memory.</summary>
    public ImageSize Stored => Reduction?.Stored ?? Source;

    /// <summary>The source's columns as they are stored.</summary>
    public StoredAxis Columns => Reduction is { } reduced ? new(reduced.Factor, reduced.BeforeX, reduced.Stored.Width) : StoredAxis.Whole(Source.Width);

    /// <summary>The source's rows as they are stored.</summary>
    public StoredAxis Rows => Reduction is { } reduced ? new(reduced.Factor, reduced.BeforeY, reduced.Stored.Height) : StoredAxis.Whole(Source.Height);

    public int ByteCount => checked(3 * Width * Height);
}
