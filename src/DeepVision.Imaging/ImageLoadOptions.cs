namespace DeepVision.Imaging;

/// <summary>How to read an image file, and how much of the machine it may use.</summary>
public sealed record ImageLoadOptions
{
    /// <summary>The options used where none are given.</summary>
    public static ImageLoadOptions Default { get; } = new();

    /// <summary>
    /// The most pixels (width times height) that a picture may have; a larger one is refused after reading its header and before
    /// anything is allocated for it. Default 200,000,000. Decoding takes 3 bytes a pixel for the result, and up to 10 more
    /// while it runs (progressive JPEG, alpha, 16-bit PNG).
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

    /// <summary>The colour behind transparent pixels when <see cref="Alpha"/> is <see cref="AlphaHandling.BlendOver"/>. Default white.</summary>
    public RgbColor Background { get; init; } = RgbColor.White;

    /// <summary>Whether a cut-off or broken file is an error. Default <see cref="DamagedData.Refuse"/>.</summary>
    public DamagedData Damaged { get; init; } = DamagedData.Refuse;
}
