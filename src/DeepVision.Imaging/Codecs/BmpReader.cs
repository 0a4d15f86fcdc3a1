using System.Buffers.Binary;
using System.Numerics;
using DeepVision.Imaging.Headers;
using DeepVision.Imaging.Pixels;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Codecs;

/// <summary>Decodes Windows bitmaps.</summary>
internal static class BmpReader
{
    public static RgbImage Decode(ReadOnlySpan<byte> file, ImageLoadOptions options)
    {
        BmpHeader header = BmpHeader.Read(file);
        bool runLength = header.Compression is BmpCompression.Rle8 or BmpCompression.Rle4;

        // Checked before the pixels are allocated.
        long needed = header.PixelOffset + header.PixelBytes;
        if (needed > file.Length && options.Damaged == DamagedData.Refuse)
        {
            throw HeaderErrors.Truncated(ImageFormat.Bmp, file.Length, $"pixels up to byte {needed}");
        }

        ReadOnlySpan<byte> pixels = header.PixelOffset > file.Length ? [] : file[(int)header.PixelOffset..];
        RgbImage image = new((int)header.Width, (int)header.Height);
        RgbColor[] palette = header.BitsPerPixel <= 8 ? Palette(file, header) : [];
        if (runLength)
        {
            if (!BmpRunLength.Decode(pixels, image, palette, header.BitsPerPixel, options.Damaged))
            {
                Rescue.RequirePicture(image, ImageFormat.Bmp, file.Length);
            }

            return image;
        }

        for (int i = 0; i < image.Height; i++)
        {
            long at = i * header.RowBytes;
            long available = Math.Min(header.RowBytes, pixels.Length - at);
            int whole = (int)Math.Min(image.Width, available * 8 / header.BitsPerPixel);
            if (whole < image.Width && i == 0)
            {
                throw Rescue.Nothing(ImageFormat.Bmp, file.Length);
            }

            if (whole <= 0)
            {
                break;
            }

            Span<byte> target = image.Row(header.TopDown ? i : image.Height - 1 - i)[..(3 * whole)];
            Row(pixels[(int)at..], target, header, palette, options);
        }

        if (needed > file.Length)
        {
            Rescue.RequirePicture(image, ImageFormat.Bmp, file.Length);
        }

        return image;
    }

    private static void Row(
        ReadOnlySpan<byte> source, Span<byte> target, BmpHeader header, RgbColor[] palette, ImageLoadOptions options)
    {
        if (header.BitsPerPixel == 24)
        {
            PixelConversion.ReverseChannels(source[..target.Length], target);
        }
        else if (header.BitsPerPixel > 8)
        {
            MaskedRow(source, target, header, options);
        }
        else
        {
            int bits = header.BitsPerPixel;
            for (int x = 0; x < target.Length / 3; x++)
            {
                int bit = x * bits;
                int index = source[bit >> 3] >> (8 - bits - (bit & 7)) & ((1 << bits) - 1);
                Put(target[(3 * x)..], palette[index]);
            }
        }
    }

    private static void MaskedRow(ReadOnlySpan<byte> source, Span<byte> target, BmpHeader header, ImageLoadOptions options)
    {
        bool blend = header.AlphaMask != 0 && options.Alpha == AlphaHandling.BlendOver;
        for (int x = 0; x < target.Length / 3; x++)
        {
            uint value = header.BitsPerPixel == 16
                ? BinaryPrimitives.ReadUInt16LittleEndian(source[(2 * x)..])
                : BinaryPrimitives.ReadUInt32LittleEndian(source[(4 * x)..]);
            RgbColor color = new(
                Channel(value, header.RedMask), Channel(value, header.GreenMask), Channel(value, header.BlueMask));
            if (blend)
            {
                color = PixelConversion.Blend(color, Channel(value, header.AlphaMask), options.Background);
            }

            Put(target[(3 * x)..], color);
        }
    }

    /// <summary>One channel stretched to 0..255, rounded down as Pillow does.</summary>
    private static byte Channel(uint value, uint mask)
    {
        if (mask == 0)
        {
            return 0;
        }

        int shift = BitOperations.TrailingZeroCount(mask);
        return (byte)((ulong)((value & mask) >> shift) * 255 / (mask >> shift));
    }

    /// <summary>Always one entry for each index that the depth can express; what the file leaves out is black.</summary>
    private static RgbColor[] Palette(ReadOnlySpan<byte> file, BmpHeader header)
    {
        RgbColor[] palette = new RgbColor[1 << header.BitsPerPixel];
        long end = Math.Min(file.Length, header.PixelOffset);
        for (int i = 0; i < Math.Min(palette.Length, header.PaletteEntries); i++)
        {
            long at = header.PaletteOffset + (long)i * header.PaletteEntryLength;
            if (at + 3 > end)
            {
                break;
            }

            ReadOnlySpan<byte> entry = file.Slice((int)at, 3);
            palette[i] = new RgbColor(entry[2], entry[1], entry[0]);
        }

        return palette;
    }

    private static void Put(Span<byte> target, RgbColor color)
    {
        target[2] = color.Blue;
        target[1] = color.Green;
        target[0] = color.Red;
    }
}
