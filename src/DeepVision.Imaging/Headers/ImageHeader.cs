namespace DeepVision.Imaging.Headers;

/// <summary>What was learnt about a file without decoding its pixels.</summary>
internal readonly record struct ImageHeader(ImageFormat Format, long Width, long Height)
{
    public int Orientation { get; init; } = 1;

    /// <summary>Whether the file may hold transparency.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>PNG: bits of a sample. JPEG: precision. Others: 8.</summary>
    public int BitDepth { get; init; } = 8;

    /// <summary>JPEG: the number of color components.</summary>
    public int Components { get; init; } = 3;

    /// <summary>WebP: frames on a canvas, which the first one need not fill.</summary>
    public bool IsAnimated { get; init; }

    public ImageInfo ToInfo() => new(Format, checked((int)Width), checked((int)Height), Orientation);

    /// <summary>Recognizes the format by content and reads its header; looks at nothing beyond <paramref name="file"/>.</summary>
    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return JpegHeaderReader.Read(file);
        }

        if (file.StartsWith(PngChunks.Signature))
        {
            return PngHeaderReader.Read(file);
        }

        if (file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8))
        {
            return WebPHeaderReader.Read(file);
        }

        if (file.StartsWith("BM"u8))
        {
            return BmpHeader.Read(file).ToImageHeader();
        }

        if (file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8))
        {
            return GifHeader.Read(file).ToImageHeader();
        }

        throw ForeignFormats.Refusal(file);
    }
}
