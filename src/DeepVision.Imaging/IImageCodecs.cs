using DeepVision.Imaging.Headers;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging;

/// <summary>
/// What differs between the dependency sources: JPEG, PNG and WebP. Bitmaps are read and written by DeepVision itself.
/// Implementations are thread-safe.
/// </summary>
internal interface IImageCodecs
{
    /// <summary>The exception that any use of this format ends in because a library is not installed; null if it can be used.</summary>
    ImageFileException? MissingLibrary(ImageFormat format);

    /// <summary>Decodes JPEG, PNG or WebP. The sides of the header are within the limits; the result's full size is exactly these.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="header">What was read of it.</param>
    /// <param name="options">Alpha and damage.</param>
    /// <param name="reduction">1, or 2, 4 or 8 where a JPEG's pixels may be means of so many in each direction.</param>
    RgbImage Decode(ReadOnlySpan<byte> file, in ImageHeader header, ImageLoadOptions options, int reduction);

    /// <summary>Writes JPEG, PNG or WebP. The image's sides are within the format's.</summary>
    void Encode(RgbImage image, ImageFormat format, Stream target, ImageSaveOptions options);
}
