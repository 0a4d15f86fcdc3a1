namespace DeepVision.Imaging;

/// <summary>How to write an image file. What a format does not know it ignores: BMP has no options.</summary>
public sealed record ImageSaveOptions
{
    /// <summary>The options used where none are given.</summary>
    public static ImageSaveOptions Default { get; } = new();

    /// <summary>JPEG and lossy WebP: 1 (small) to 100 (good). Default 90.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside 1 to 100.</exception>
    public int Quality
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100);
            field = value;
        }
    } = 90;

    /// <summary>JPEG: the resolution of color. Default <see cref="ChromaSubsampling.Half"/>.</summary>
    public ChromaSubsampling Chroma { get; init; } = ChromaSubsampling.Half;

    /// <summary>WebP: keep every pixel exactly; <see cref="Quality"/> is then ignored. Default false.</summary>
    public bool Lossless { get; init; }

    /// <summary>PNG: time against size. Default <see cref="PngCompression.Balanced"/>.</summary>
    public PngCompression PngCompression { get; init; } = PngCompression.Balanced;
}
