using System.Runtime.InteropServices;
using DeepVision.Imaging.Headers;
using DeepVision.Imaging.Pixels;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Native;

/// <summary>
/// JPEG through libjpeg-turbo, with the accurate inverse DCT and smooth chroma upsampling: the same pixels as Pillow over the same
/// library.
/// </summary>
internal static unsafe class JpegCodec
{
    private const int CmykComponents = 4;

    // libjpeg's warnings that leave every pixel as it should be. It names only the first of a file.
    private static readonly string[] s_harmlessWarnings =
        ["extraneous bytes before marker", "Unknown Adobe color transform code", "Invalid SOS parameters for sequential JPEG"];

    /// <param name="file">The whole file.</param>
    /// <param name="header">What was read of it.</param>
    /// <param name="options">What to do with damage.</param>
    /// <param name="factor">
    /// 1, 2, 4 or 8: the inverse DCT gives means of so many pixels in each direction. Colour that is stored at half the resolution then
    /// needs no upsampling.
    /// </param>
    public static RgbImage Decode(ReadOnlySpan<byte> file, in ImageHeader header, ImageLoadOptions options, int factor)
    {
        NativeLibraries.TurboJpeg.Require();
        var full = new ImageSize((int)header.Width, (int)header.Height);
        PixelReduction? reduction = factor == 1 ? null : new PixelReduction(factor, full);
        (int width, int height) = (reduction?.Stored.Width ?? full.Width, reduction?.Stored.Height ?? full.Height);
        nint handle = LibTurboJpeg.InitDecompress();
        if (handle == 0)
        {
            throw new ImageFileException(ImageFileReason.Unsupported, "libturbojpeg could not start a decoder; is memory exhausted?")
            { Format = ImageFormat.Jpeg };
        }

        try
        {
            CheckSize(handle, file, full.Width, full.Height);
            byte[] rgb = GC.AllocateUninitializedArray<byte>(3 * width * height);
            if (header.Components == CmykComponents)
            {
                byte[] cmyk = GC.AllocateUninitializedArray<byte>(checked(4 * width * height));
                Decompress(handle, file, cmyk, width, height, LibTurboJpeg.PixelFormatCmyk, options);
                PixelConversion.InvertedCmykToRgb(cmyk, rgb);
            }
            else
            {
                Decompress(handle, file, rgb, width, height, LibTurboJpeg.PixelFormatRgb, options);
            }

            return reduction is null ? new RgbImage(width, height, rgb) : new RgbImage(reduction, rgb);
        }
        finally
        {
            LibTurboJpeg.Destroy(handle);
        }
    }

    public static void Encode(RgbImage image, Stream target, ImageSaveOptions options)
    {
        NativeLibraries.TurboJpeg.Require();
        nint handle = LibTurboJpeg.InitCompress();
        byte* file = null;
        CULong length = default;
        try
        {
            int subsampling = options.Chroma == ChromaSubsampling.Full ? LibTurboJpeg.Subsampling444 : LibTurboJpeg.Subsampling420;
            fixed (byte* pixels = image.Pixels)
            {
                if (handle == 0
                    || LibTurboJpeg.Compress(
                        handle, pixels, image.Width, 3 * image.Width, image.Height, LibTurboJpeg.PixelFormatRgb,
                        &file, &length, subsampling, options.Quality, LibTurboJpeg.FlagAccurateDct) != 0)
                {
                    string message = handle == 0 ? "no encoder could be started" : LibTurboJpeg.Message(handle);
                    throw new ImageFileException(
                        ImageFileReason.EncodingFailed, $"libturbojpeg could not write {image.Width} x {image.Height} pixels: {message}.")
                    { Format = ImageFormat.Jpeg };
                }
            }

            target.Write(new ReadOnlySpan<byte>(file, checked((int)length.Value)));
        }
        finally
        {
            LibTurboJpeg.Free(file);
            if (handle != 0)
            {
                LibTurboJpeg.Destroy(handle);
            }
        }
    }

    // The pixel array is sized by our reading of the header, so the library's must agree before it writes.
    private static void CheckSize(nint handle, ReadOnlySpan<byte> file, int width, int height)
    {
        int foundWidth = 0;
        int foundHeight = 0;
        int subsampling;
        int colorSpace;
        int result;
        fixed (byte* data = file)
        {
            result = LibTurboJpeg.DecompressHeader(
                handle, data, new CULong((nuint)file.Length), &foundWidth, &foundHeight, &subsampling, &colorSpace);
        }

        // Subsampling that has no name in TurboJPEG is reported as an error, with the sides filled in; it decodes all the same.
        if (foundWidth == 0 || foundHeight == 0)
        {
            throw result != 0
                ? Corrupt("header", LibTurboJpeg.Message(handle))
                : HeaderErrors.Corrupt(ImageFormat.Jpeg, "header", "a size", "none");
        }

        if (foundWidth != width || foundHeight != height)
        {
            throw HeaderErrors.Corrupt(ImageFormat.Jpeg, "frame header", $"{width} x {height} pixels", $"{foundWidth} x {foundHeight}");
        }
    }

    private static void Decompress(
        nint handle, ReadOnlySpan<byte> file, byte[] target, int width, int height, int pixelFormat, ImageLoadOptions options)
    {
        int pitch = target.Length / height;
        int result;
        fixed (byte* data = file)
        fixed (byte* pixels = target)
        {
            result = LibTurboJpeg.Decompress(
                handle, data, new CULong((nuint)file.Length), pixels, width, pitch, height, pixelFormat,
                LibTurboJpeg.FlagAccurateDct | LibTurboJpeg.FlagLimitScans);
        }

        if (result == 0)
        {
            return;
        }

        string message = LibTurboJpeg.Message(handle);
        bool warning = LibTurboJpeg.GetErrorCode(handle) == LibTurboJpeg.ErrorWarning;
        if (!warning || (options.Damaged == DamagedData.Refuse && !IsHarmless(message)))
        {
            throw Corrupt("compressed data", message);
        }
    }

    private static bool IsHarmless(string message)
    {
        foreach (string harmless in s_harmlessWarnings)
        {
            if (message.Contains(harmless, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static ImageFileException Corrupt(string where, string message) => new(
        message.StartsWith("Unsupported", StringComparison.Ordinal) || message.Contains("not supported", StringComparison.Ordinal)
            ? ImageFileReason.Unsupported
            : ImageFileReason.Corrupt,
        $"The JPEG file cannot be decoded: {where}: expected data that libturbojpeg accepts; it says: {message}. "
        + "Fetch the file again; ImageLoadOptions.Damaged = Accept loads what a damaged file still holds.")
    { Format = ImageFormat.Jpeg };
}
