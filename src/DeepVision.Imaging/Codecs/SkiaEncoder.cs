using DeepVision.Imaging.Pixels;
using DeepVision.Preprocessing;
using SkiaSharp;

namespace DeepVision.Imaging.Codecs;

/// <summary>Writes JPEG, PNG and WebP.</summary>
internal static unsafe class SkiaEncoder
{
    // zlib's: its fastest, and the one that it takes by itself.
    private const int FastLevel = 1;
    private const int BalancedLevel = 6;

    // Of lossless WebP, how much time to spend; libwebp's own default.
    private const float LosslessEffort = 75;

    public static void Encode(RgbImage image, ImageFormat format, Stream target, ImageSaveOptions options)
    {
        SkiaLibrary.Require(format);
        byte[] rgba = GC.AllocateUninitializedArray<byte>(checked(4 * image.Width * image.Height));
        PixelConversion.AddAlpha(image.Pixels, rgba);
        fixed (byte* pixels = rgba)
        {
            using var pixmap = new SKPixmap(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque), (nint)pixels);
            using SKData? file = format switch
            {
                ImageFormat.Jpeg => pixmap.Encode(Jpeg(options)),
                ImageFormat.Png => pixmap.Encode(Png(options)),
                ImageFormat.WebP => pixmap.Encode(WebP(options)),
                _ => throw new ArgumentOutOfRangeException(nameof(format)),
            };
            if (file is null || file.Size == 0)
            {
                throw new ImageFileException(
                    ImageFileReason.EncodingFailed,
                    $"Skia could not write {image.Width} x {image.Height} pixels; it gives no reason. Is memory exhausted?")
                { Format = format };
            }

            target.Write(file.AsSpan());
        }
    }

    private static SKJpegEncoderOptions Jpeg(ImageSaveOptions options) => new(
        options.Quality,
        options.Chroma == ChromaSubsampling.Full ? SKJpegEncoderDownsample.Downsample444 : SKJpegEncoderDownsample.Downsample420,
        SKJpegEncoderAlphaOption.Ignore);

    private static SKPngEncoderOptions Png(ImageSaveOptions options) => options.PngCompression == PngCompression.Fast
        ? new(SKPngEncoderFilterFlags.None, FastLevel)
        : new(SKPngEncoderFilterFlags.AllFilters, BalancedLevel);

    private static SKWebpEncoderOptions WebP(ImageSaveOptions options) => options.Lossless
        ? new(SKWebpEncoderCompression.Lossless, LosslessEffort)
        : new(SKWebpEncoderCompression.Lossy, options.Quality);
}
