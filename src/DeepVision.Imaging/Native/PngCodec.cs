using System.Buffers;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Native;

/// <summary>PNG through libpng.</summary>
internal static unsafe class PngCodec
{
    public static void Encode(RgbImage image, Stream target, ImageSaveOptions options)
    {
        NativeLibraries.Png.Require();
        nuint capacity = WorstCaseSize(image);
        if (capacity > (nuint)Array.MaxLength)
        {
            throw new ImageFileException(
                ImageFileReason.TooLarge,
                $"A PNG file of {image.Width} x {image.Height} pixels may exceed 2 GB, the largest that can be written. Save a smaller image.")
            { Format = ImageFormat.Png };
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)capacity);
        try
        {
            target.Write(buffer.AsSpan(0, Encode(image, buffer, options)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Encode(RgbImage image, byte[] buffer, ImageSaveOptions options)
    {
        PngImage png = new()
        {
            Version = PngImage.LayoutVersion,
            Width = (uint)image.Width,
            Height = (uint)image.Height,
            Format = PngImage.FormatRgb,
            Flags = options.PngCompression == PngCompression.Fast ? PngImage.FlagFast : 0,
        };
        nuint size = (nuint)buffer.Length;
        fixed (byte* pixels = image.Pixels)
        fixed (byte* target = buffer)
        {
            if (LibPng.WriteToMemory(&png, target, &size, 0, pixels, 3 * image.Width, null) == 0)
            {
                string message = png.MessageString();
                LibPng.Free(&png);
                throw new ImageFileException(
                    ImageFileReason.EncodingFailed, $"libpng could not write {image.Width} x {image.Height} pixels: {message}.")
                { Format = ImageFormat.Png };
            }
        }

        return (int)size;
    }

    // One filter byte a row; deflate's stored blocks add 5 bytes for each 16 KB at worst; an IDAT chunk header of 12 bytes for
    // each buffer of 8 KB; signature, IHDR, colour chunks and IEND fit into the last kilobyte.
    private static nuint WorstCaseSize(RgbImage image)
    {
        ulong raw = (3UL * (ulong)image.Width + 1) * (ulong)image.Height;
        return (nuint)(raw + raw / 256 + 1024);
    }
}
