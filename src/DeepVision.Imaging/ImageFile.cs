using DeepVision.Imaging.Codecs;
using DeepVision.Imaging.Headers;
using DeepVision.Imaging.Orientations;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Imaging;

/// <summary>
/// Reads JPEG, PNG, WebP, BMP and GIF, of an animation the first frame, and writes all but GIF. When reading, the content decides the
/// format and the size is checked against the limits of <see cref="ImageLoadOptions"/> before any pixel is decoded; gray, palette, CMYK and
/// 16-bit pictures come out as 8-bit RGB. Thread-safe.
/// </summary>
public static class ImageFile
{
    /// <summary>Reads an image file.</summary>
    /// <param name="path">The file; its extension does not matter.</param>
    /// <param name="options">Limits, orientation and alpha; null means <see cref="ImageLoadOptions.Default"/>.</param>
    /// <exception cref="ImageFileException">The content is no readable image, exceeds a limit, or needs a library that is missing.</exception>
    /// <exception cref="InvalidOperationException">A JPEG would become too large a tensor for <see cref="ImageLoadOptions.ReduceFor"/>.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static RgbImage Load(string path, ImageLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return ImageBytes.FromFile(path, options ?? ImageLoadOptions.Default, static (bytes, options) => Decode(bytes, options));
    }

    /// <summary>Reads an image from a stream's current position to its end. The stream stays open.</summary>
    /// <param name="stream">A readable stream; need not be seekable.</param>
    /// <param name="options">Limits, orientation and alpha; null means <see cref="ImageLoadOptions.Default"/>.</param>
    /// <exception cref="ImageFileException">The content is no readable image, exceeds a limit, or needs a library that is missing.</exception>
    /// <exception cref="InvalidOperationException">A JPEG would become too large a tensor for <see cref="ImageLoadOptions.ReduceFor"/>.</exception>
    public static RgbImage Load(Stream stream, ImageLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= ImageLoadOptions.Default;
        return Decode(ImageBytes.Read(stream, options), options);
    }

    /// <summary>Reads an image from memory.</summary>
    /// <param name="file">The bytes of a whole image file.</param>
    /// <param name="options">Limits, orientation and alpha; null means <see cref="ImageLoadOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">There are no bytes.</exception>
    /// <exception cref="ImageFileException">The content is no readable image, exceeds a limit, or needs a library that is missing.</exception>
    /// <exception cref="InvalidOperationException">A JPEG would become too large a tensor for <see cref="ImageLoadOptions.ReduceFor"/>.</exception>
    public static RgbImage Load(ReadOnlySpan<byte> file, ImageLoadOptions? options = null)
    {
        RequireBytes(file);
        return Decode(file, options ?? ImageLoadOptions.Default);
    }

    /// <summary>Reads what a file's header says, without decoding pixels and without any native library.</summary>
    /// <param name="path">The file; its extension does not matter.</param>
    /// <param name="options">Only <see cref="ImageLoadOptions.MaxFileBytes"/> matters; null means <see cref="ImageLoadOptions.Default"/>.</param>
    /// <exception cref="ImageFileException">The content is no known image, or its header is broken.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static ImageInfo ReadInfo(string path, ImageLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return ImageBytes.FromFile(path, options ?? ImageLoadOptions.Default, static (bytes, _) => ImageHeader.Read(bytes).ToInfo());
    }

    /// <summary>Reads what a header says, from a stream's current position to its end. The stream stays open.</summary>
    /// <param name="stream">A readable stream; need not be seekable.</param>
    /// <param name="options">Only <see cref="ImageLoadOptions.MaxFileBytes"/> matters; null means <see cref="ImageLoadOptions.Default"/>.</param>
    /// <exception cref="ImageFileException">The content is no known image, or its header is broken.</exception>
    public static ImageInfo ReadInfo(Stream stream, ImageLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ImageHeader.Read(ImageBytes.Read(stream, options ?? ImageLoadOptions.Default)).ToInfo();
    }

    /// <summary>Reads what a header in memory says.</summary>
    /// <param name="file">The bytes of an image file; those up to the pixels are enough.</param>
    /// <exception cref="ArgumentException">There are no bytes.</exception>
    /// <exception cref="ImageFileException">The content is no known image, or its header is broken.</exception>
    public static ImageInfo ReadInfo(ReadOnlySpan<byte> file)
    {
        RequireBytes(file);
        return ImageHeader.Read(file).ToInfo();
    }

    /// <summary>Writes an image to a file; the extension decides the format. An existing file is replaced.</summary>
    /// <param name="image">The pixels.</param>
    /// <param name="path">The file, in a folder that exists.</param>
    /// <param name="options">Quality and the like; null means <see cref="ImageSaveOptions.Default"/>.</param>
    /// <exception cref="ImageFileException">The extension is unknown, a library is missing, or the format cannot hold the image or is not written.</exception>
    public static void Save(RgbImage image, string path, ImageSaveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ImageFormat format = ImageFormats.FromExtension(path);
        using MemoryStream encoded = new();
        try
        {
            Encode(image, encoded, format, options);
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

        Encode(image, stream, format, options);
    }

    private static RgbImage Decode(ReadOnlySpan<byte> file, ImageLoadOptions options)
    {
        ImageHeader header = ImageHeader.Read(file);
        ImageLimits.CheckBeforeDecoding(file, header, options);
        RgbImage image = header.Format switch
        {
            ImageFormat.Jpeg => JpegCodec.Decode(file, header, options, ReductionFor(header, options)),
            ImageFormat.Png => PngCodec.Decode(file, header, options),
            ImageFormat.WebP => WebPCodec.Decode(file, header, options),
            ImageFormat.Bmp => BmpReader.Decode(file, options),
            ImageFormat.Gif => GifReader.Decode(file, options),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return options.Orientation == ExifOrientation.Apply ? OrientationTransform.Apply(image, header.Orientation) : image;
    }

    private static int ReductionFor(in ImageHeader header, ImageLoadOptions options)
    {
        // A 4-component JPEG holds inks, whose means are not those of the colors that they give.
        if (options.ReduceFor is not { } preprocessing || header.Format != ImageFormat.Jpeg || header.Components == 4)
        {
            return 1;
        }

        bool turned = options.Orientation == ExifOrientation.Apply && header.ToInfo().SwapsSides;
        var stored = new ImageSize((int)header.Width, (int)header.Height);
        return ReducedDecoding.FactorFor(preprocessing, turned ? new ImageSize(stored.Height, stored.Width) : stored);
    }

    private static void Encode(RgbImage image, Stream stream, ImageFormat format, ImageSaveOptions? options)
    {
        ImageLimits.CheckBeforeEncoding(image, format);
        if (format == ImageFormat.Bmp)
        {
            BmpWriter.Encode(image, stream);
        }
        else
        {
            SkiaEncoder.Encode(image, format, stream, options ?? ImageSaveOptions.Default);
        }
    }

    private static void RequireBytes(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
        {
            throw new ArgumentException("Expected the bytes of an image file; found none.", nameof(file));
        }
    }
}
