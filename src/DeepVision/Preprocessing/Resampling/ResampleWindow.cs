namespace DeepVision.Preprocessing.Resampling;

/// <summary>
/// A resize of a source to a new size of which only one part is wanted: resampling is local, so that the rest of the new
/// image need not exist.
/// </summary>
internal readonly record struct ResampleWindow(ImageSize Source, ImageSize Resized, int Left, int Top, int Width, int Height)
{
    /// <summary>Bytes that kernels may write beyond the last pixel of a buffer.</summary>
    public const int Slack = 64;

    public int ByteCount => checked(3 * Width * Height);
}
