using DeepVision.Preprocessing;

namespace DeepVision.Imaging;

/// <summary>How to read an image file, and how much of the machine it may use.</summary>
public sealed record ImageLoadOptions
{
    /// <summary>The options used where none are given.</summary>
    public static ImageLoadOptions Default { get; } = new();

    /// <summary>
    /// The most pixels (width times height) that a picture may have; a larger one is refused after reading its header and before
    /// anything is allocated for it. Default 200,000,000. Decoding takes 3 bytes a pixel for the result, and up to 10 more
    /// while it runs (progressive JPEG; PNG and WebP).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long MaxPixels
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 200_000_000;

    /// <summary>The largest file in bytes. Default 1 GiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long MaxFileBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1L << 30;

    /// <summary>Whether to turn the picture upright. Default <see cref="ExifOrientation.Apply"/>.</summary>
    public ExifOrientation Orientation { get; init; } = ExifOrientation.Apply;

    /// <summary>What becomes of transparency. Default <see cref="AlphaHandling.Drop"/>.</summary>
    public AlphaHandling Alpha { get; init; } = AlphaHandling.Drop;

    /// <summary>The color behind transparent pixels when <see cref="Alpha"/> is <see cref="AlphaHandling.BlendOver"/>. Default white.</summary>
    public RgbColor Background { get; init; } = RgbColor.White;

    /// <summary>Whether a cut-off or broken file is an error. Default <see cref="DamagedData.Refuse"/>.</summary>
    public DamagedData Damaged { get; init; } = DamagedData.Refuse;

    /// <summary>
    /// The preprocessing of the model that the picture is read for. A JPEG that it shrinks to an eighth or less, with
    /// <see cref="Interpolation.BilinearAntialias"/>, is then decoded at 1/2, 1/4 or 1/8 of its size, which takes half of the time or less; the
    /// image says so by its <see cref="RgbImage.FullSize"/>, and serves that preprocessing only. Prepared values differ from those of
    /// a full decode by at most 0.5 gray levels in the mean and 4 at the 99.9th percentile on photographs. Default null: every pixel
    /// is decoded, as is every pixel of CMYK and of other formats.
    /// </summary>
    /// <remarks>
    /// Loading then fails before any pixel is decoded where the preprocessing would refuse the picture: an
    /// <see cref="InvalidOperationException"/>, the one of <see cref="ImagePreprocessing.Plan(int, int)"/>.
    /// </remarks>
    public ImagePreprocessing? ReduceFor { get; init; }

    /// <summary>
    /// How many threads may read one file: 1 is the calling one alone. Default 2: a baseline JPEG of two megapixels or more is then decoded
    /// in two parts at once, the same pixels in little more than half the time, for a fifth more work in all. Where many files are
    /// read at once, 1 gives more of them a second.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxThreads
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = Math.Min(2, Environment.ProcessorCount);
}
