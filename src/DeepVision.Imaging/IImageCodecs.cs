using DeepVision.Preprocessing;

namespace DeepVision.Imaging;

/// <summary>
/// What differs between the dependency sources: JPEG, PNG and WebP. Bitmaps are read and written by DeepVision itself.
/// </summary>
internal interface IImageCodecs
{
    /// <summary>The exception that any use of this format ends in because a library is not installed; null if it can be used.</summary>
    ImageFileException? MissingLibrary(ImageFormat format);

    /// <summary>Writes JPEG, PNG or WebP.</summary>
    void Encode(RgbImage image, ImageFormat format, Stream target, ImageSaveOptions options);
}
