using DeepVision.Imaging.Headers;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging;

/// <summary>What is refused before memory is spent on it.</summary>
internal static class ImageLimits
{
    private const int JpegMaxSide = 65_500;
    private const int WebPMaxSide = 16_383;

    public static void CheckBeforeDecoding(ReadOnlySpan<byte> file, in ImageHeader header, ImageLoadOptions options)
    {
        ImageFormat format = header.Format;
        if (header.Width > RgbImage.MaxSide || header.Height > RgbImage.MaxSide)
        {
            throw TooLarge(
                format, $"sides of at most {RgbImage.MaxSide} pixels", $"{header.Width} x {header.Height}", "Scale it down with another program.");
        }

        // Four bytes a pixel are the most that any decoder writes.
        long pixels = header.Width * header.Height;
        long limit = Math.Min(options.MaxPixels, Array.MaxLength / 4);
        if (pixels > limit)
        {
            throw TooLarge(
                format,
                $"at most {limit} pixels",
                $"{header.Width} x {header.Height} = {pixels}",
                options.MaxPixels <= limit ? "If the file is to be trusted, raise ImageLoadOptions.MaxPixels." : "Scale it down with another program.");
        }

        if (options.Damaged == DamagedData.Refuse && !IsComplete(file, format))
        {
            throw HeaderErrors.Truncated(format, file.Length, "the rest of the picture and its end mark");
        }
    }

    public static void CheckBeforeEncoding(RgbImage image, ImageFormat format)
    {
        if (format == ImageFormat.Gif)
        {
            throw ImageFormats.GifIsReadOnly();
        }

        int limit = format switch
        {
            ImageFormat.Jpeg => JpegMaxSide,
            ImageFormat.WebP => WebPMaxSide,
            _ => RgbImage.MaxSide,
        };
        if (image.Width > limit || image.Height > limit)
        {
            throw TooLarge(
                format, $"sides of at most {limit} pixels in a {format} file", $"{image.Width} x {image.Height}", "Save it as PNG or BMP.");
        }
    }

    public static ImageFileException FileTooLarge(string found, ImageLoadOptions options) => new(
        ImageFileReason.TooLarge,
        $"The file is too large: expected at most {options.MaxFileBytes} bytes; found {found}. "
        + "If it is to be trusted, raise ImageLoadOptions.MaxFileBytes.");

    private static bool IsComplete(ReadOnlySpan<byte> file, ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => JpegScans.Read(file).IsComplete,
        ImageFormat.Png => PngHeaderReader.IsComplete(file),
        ImageFormat.WebP => WebPHeaderReader.IsComplete(file),
        ImageFormat.Gif => GifHeader.IsComplete(file),
        _ => true, // The bitmap reader knows how many bytes it needs.
    };

    private static ImageFileException TooLarge(ImageFormat format, string expected, string found, string remedy) => new(
        ImageFileReason.TooLarge, $"The {format} picture is too large: expected {expected}; found {found}. {remedy}")
    { Format = format };
}
