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

    public void Encode(RgbImage image, ImageFormat format, Stream target, ImageSaveOptions options)
    {
        switch (format)
        {
            case ImageFormat.Png:
                PngCodec.Encode(image, target, options);
                break;
            default:
                throw new ImageFileException(
                    ImageFileReason.Unsupported, $"{format} files cannot be written yet; use PNG.") { Format = format };
        }
    }
}
