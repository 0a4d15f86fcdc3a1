using System.Buffers;
using DeepVision.Imaging.Headers;
using DeepVision.Imaging.Pixels;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Native;

/// <summary>PNG through libpng.</summary>
internal static unsafe class PngCodec
{
    public static RgbImage Decode(ReadOnlySpan<byte> file, in ImageHeader header, ImageLoadOptions options)
    {
        NativeLibraries.Png.Require();

        // Pixels are wanted as stored. Left in, gAMA, cHRM, sRGB, iCCP and sBIT would make libpng convert them, and text and profiles
        // are bombs of their own; a transparent colour is noise where alpha is dropped.
        bool blend = options.Alpha == AlphaHandling.BlendOver && header.HasAlpha;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(file.Length);
        try
        {
            int length = PngChunkFilter.Copy(file, buffer, keepTransparency: blend, keepPartial: options.Damaged == DamagedData.Accept);
            ReadOnlySpan<byte> essential = buffer.AsSpan(0, length);
            bool storedAlpha = header.Components is 2 or 4;
            int width = (int)header.Width;
            int height = (int)header.Height;
            byte[] rgb = new byte[3 * width * height];
            if (header.BitDepth == 16 && (storedAlpha || blend))
            {
                byte[] rgba = Png16Reader.DecodeRgba(essential, header, options.Damaged);
                Flatten(rgba, rgb, blend, options);
            }
            else if (header.BitDepth == 16)
            {
                // 16 bits in are "linear light" to libpng and 16 linear bits out are then the same numbers.
                ushort[] samples = new ushort[rgb.Length];
                fixed (ushort* target = samples)
                {
                    Decode(essential, header, (byte*)target, 3 * width, PngImage.FormatLinearRgb, options.Damaged);
                }

                PixelConversion.HighBytes(samples, rgb);
            }
            else if (storedAlpha || blend)
            {
                byte[] rgba = new byte[checked(4 * width * height)];
                fixed (byte* target = rgba)
                {
                    Decode(essential, header, target, 4 * width, PngImage.FormatRgba, options.Damaged);
                }

                Flatten(rgba, rgb, blend, options);
            }
            else
            {
                fixed (byte* target = rgb)
                {
                    Decode(essential, header, target, 3 * width, PngImage.FormatRgb, options.Damaged);
                }
            }

            return new RgbImage(width, height, rgb);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Flatten(byte[] rgba, byte[] rgb, bool blend, ImageLoadOptions options)
    {
        if (blend)
        {
            PixelConversion.BlendOver(rgba, rgb, options.Background);
        }
        else
        {
            PixelConversion.DropAlpha(rgba, rgb);
        }
    }

    private static void Decode(
        ReadOnlySpan<byte> file, in ImageHeader header, byte* target, int rowStride, uint format, DamagedData damaged)
    {
        PngImage png = new() { Version = PngImage.LayoutVersion };
        try
        {
            fixed (byte* data = file)
            {
                if (LibPng.BeginReadFromMemory(&png, data, (nuint)file.Length) == 0)
                {
                    throw HeaderErrors.Corrupt(ImageFormat.Png, "header", "one that libpng accepts", $"\"{png.MessageString()}\"");
                }

                if (png.Width != header.Width || png.Height != header.Height)
                {
                    throw HeaderErrors.Corrupt(
                        ImageFormat.Png, "header", $"{header.Width} x {header.Height} pixels", $"{png.Width} x {png.Height}");
                }

                png.Format = format;
                if (LibPng.FinishRead(&png, null, target, rowStride, null) == 0 && damaged == DamagedData.Refuse)
                {
                    throw HeaderErrors.Corrupt(
                        ImageFormat.Png, "compressed data", "data that libpng accepts", $"\"{png.MessageString()}\"");
                }
            }
        }
        finally
        {
            LibPng.Free(&png);
        }
    }

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
