using DeepVision.Imaging.Headers;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Native;

/// <summary>The distribution's libraries.</summary>
internal sealed class NativeCodecs : IImageCodecs
{
    public ImageFileException? MissingLibrary(ImageFormat format)
    {
        NativeLibraries? library = format switch
        {
            ImageFormat.Jpeg => NativeLibraries.TurboJpeg,
            ImageFormat.Png => NativeLibraries.Png,
            ImageFormat.WebP => NativeLibraries.WebP,
            _ => null,
        };
        return library is null or { IsAvailable: true } ? null : library.Missing();
    }

    public RgbImage Decode(ReadOnlySpan<byte> file, in ImageHeader header, ImageLoadOptions options, int reduction) => header.Format switch
    {
        ImageFormat.Jpeg => JpegCodec.Decode(file, header, options, reduction),
        ImageFormat.Png => PngCodec.Decode(file, header, options),
        ImageFormat.WebP => WebPCodec.Decode(file, header, options),
        _ => throw new ArgumentOutOfRangeException(nameof(header)),
    };

    public void Encode(RgbImage image, ImageFormat format, Stream target, ImageSaveOptions options)
    {
        switch (format)
        {
            case ImageFormat.Jpeg:
                JpegCodec.Encode(image, target, options);
                break;
            case ImageFormat.Png:
                PngCodec.Encode(image, target, options);
                break;
            case ImageFormat.WebP:
                WebPCodec.Encode(image, target, options);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format));
        }
    }
}
