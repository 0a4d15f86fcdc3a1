using DeepVision.Imaging.Headers;
using DeepVision.Imaging.Pixels;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Native;

/// <summary>WebP through libwebp.</summary>
internal static unsafe class WebPCodec
{
    public static RgbImage Decode(ReadOnlySpan<byte> file, in ImageHeader header, ImageLoadOptions options)
    {
        NativeLibraries.WebP.Require();
        int width = (int)header.Width;
        int height = (int)header.Height;
        CheckSize(file, width, height);

        // libwebp's failure leaves the target partly written; only then, and where that is accepted, need it begin as black.
        bool accept = options.Damaged == DamagedData.Accept;
        byte[] rgb = accept ? new byte[3 * width * height] : GC.AllocateUninitializedArray<byte>(3 * width * height);
        if (header.HasAlpha && options.Alpha == AlphaHandling.BlendOver)
        {
            byte[] rgba = accept ? new byte[checked(4 * width * height)] : GC.AllocateUninitializedArray<byte>(checked(4 * width * height));
            Decode(file, rgba, width, 4, accept);
            PixelConversion.BlendOver(rgba, rgb, options.Background);
        }
        else
        {
            Decode(file, rgb, width, 3, accept);
        }

        return new RgbImage(width, height, rgb);
    }

    public static void Encode(RgbImage image, Stream target, ImageSaveOptions options)
    {
        NativeLibraries.WebP.Require();
        byte* file = null;
        try
        {
            nuint length;
            fixed (byte* pixels = image.Pixels)
            {
                length = options.Lossless
                    ? LibWebP.EncodeLosslessRgb(pixels, image.Width, image.Height, 3 * image.Width, &file)
                    : LibWebP.EncodeRgb(pixels, image.Width, image.Height, 3 * image.Width, options.Quality, &file);
            }

            if (length == 0)
            {
                throw new ImageFileException(
                    ImageFileReason.EncodingFailed,
                    $"libwebp could not write {image.Width} x {image.Height} pixels; it gives no reason. Is memory exhausted?")
                { Format = ImageFormat.WebP };
            }

            target.Write(new ReadOnlySpan<byte>(file, checked((int)length)));
        }
        finally
        {
            LibWebP.Free(file);
        }
    }

    private static void CheckSize(ReadOnlySpan<byte> file, int width, int height)
    {
        int foundWidth = 0;
        int foundHeight = 0;
        int result;
        fixed (byte* data = file)
        {
            result = LibWebP.GetInfo(data, (nuint)file.Length, &foundWidth, &foundHeight);
        }

        if (result == 0)
        {
            throw HeaderErrors.Corrupt(ImageFormat.WebP, "header", "one that libwebp accepts", "one that it refuses");
        }

        if (foundWidth != width || foundHeight != height)
        {
            throw HeaderErrors.Corrupt(ImageFormat.WebP, "header", $"{width} x {height} pixels", $"{foundWidth} x {foundHeight}");
        }
    }

    private static void Decode(ReadOnlySpan<byte> file, byte[] target, int width, int channels, bool accept)
    {
        byte* written;
        fixed (byte* data = file)
        fixed (byte* pixels = target)
        {
            nuint fileLength = (nuint)file.Length;
            nuint targetLength = (nuint)target.Length;
            written = channels == 4
                ? LibWebP.DecodeRgbaInto(data, fileLength, pixels, targetLength, 4 * width)
                : LibWebP.DecodeRgbInto(data, fileLength, pixels, targetLength, 3 * width);
        }

        if (written == null && !accept)
        {
            throw HeaderErrors.Corrupt(ImageFormat.WebP, "compressed data", "data that libwebp decodes", "data that it refuses");
        }
    }
}
