using DeepVision.Preprocessing;

namespace DeepVision.Imaging;

/// <summary>Reads and writes image files. Thread-safe.</summary>
public static class ImageFile
{
    private static readonly IImageCodecs s_codecs =
#if DEPENDENCIES_NUGET
        new ImageSharp.ImageSharpCodecs();
#else
        new Native.NativeCodecs();
#endif

    /// <summary>Writes an image to a file; the extension decides the format. An existing file is replaced.</summary>
    /// <param name="image">The pixels.</param>
    /// <param name="path">The file, in a folder that exists.</param>
    /// <param name="options">Quality and the like; null means <see cref="ImageSaveOptions.Default"/>.</param>
    /// <exception cref="ImageFileException">The extension is unknown, a library is missing, or the format cannot hold the image.</exception>
    public static void Save(RgbImage image, string path, ImageSaveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ImageFormat format = ImageFormats.FromExtension(path);
        using MemoryStream encoded = new();
        try
        {
            s_codecs.Encode(image, format, encoded, options ?? ImageSaveOptions.Default);
        }
        catch (ImageFileException exception)
        {
            throw exception.At(path);
        }

        // Only a whole picture ever touches the file.
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        encoded.WriteTo(file);
    }

    /// <summary>Writes an image to a stream, which stays open.</summary>
    /// <param name="image">The pixels.</param>
    /// <param name="stream">Where to write; need not be seekable.</param>
    /// <param name="format">The format to write.</param>
    /// <param name="options">Quality and the like; null means <see cref="ImageSaveOptions.Default"/>.</param>
    /// <exception cref="ImageFileException">A library is missing, or the format cannot hold the image.</exception>
    public static void Save(RgbImage image, Stream stream, ImageFormat format, ImageSaveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(stream);
        if (!Enum.IsDefined(format))
        {
            throw new ArgumentOutOfRangeException(nameof(format), format, "Expected a member of ImageFormat.");
        }

        s_codecs.Encode(image, format, stream, options ?? ImageSaveOptions.Default);
    }

    /// <summary>The failure that a file of this format would meet for want of a library, or null.</summary>
    internal static ImageFileException? MissingLibrary(ImageFormat format) => s_codecs.MissingLibrary(format);
}
