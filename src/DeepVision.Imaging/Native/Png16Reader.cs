using System.IO.Compression;
using DeepVision.Imaging.Headers;

namespace DeepVision.Imaging.Native;

/// <summary>
/// PNG of 16 bits with transparency, to 8 bits by taking each sample's high byte. libpng's simplified API can give such files only
/// premultiplied or rescaled, which changes the colours; so these few are unpacked here.
/// </summary>
internal static class Png16Reader
{
    // Adam7: first column, first row, column step, row step of each pass.
    private static readonly (int X, int Y, int StepX, int StepY)[] s_passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public static byte[] DecodeRgba(ReadOnlySpan<byte> file, in ImageHeader header, DamagedData damaged)
    {
        int width = (int)header.Width;
        int height = (int)header.Height;
        byte[] rgba = new byte[checked(4 * width * height)];
        using MemoryStream compressed = new();
        bool interlaced = false;
        byte[] key = [];
        PngChunks chunks = new(file);
        while (chunks.MoveNext())
        {
            if (chunks.Type.SequenceEqual("IDAT"u8))
            {
                compressed.Write(chunks.Body);
            }
            else if (chunks.Type.SequenceEqual("IHDR"u8))
            {
                CheckMethods(chunks.Body);
                interlaced = chunks.Body[12] == 1;
            }
            else if (chunks.Type.SequenceEqual("tRNS"u8) && chunks.Body.Length == 2 * header.Components)
            {
                key = chunks.Body.ToArray();
            }
        }

        compressed.Position = 0;
        using ZLibStream inflate = new(compressed, CompressionMode.Decompress);
        try
        {
            foreach ((int x, int y, int stepX, int stepY) in interlaced ? s_passes : [(0, 0, 1, 1)])
            {
                Pass(inflate, rgba, (width, height), (x, y, stepX, stepY), header.Components, key);
            }

            // Reading to the end makes the stream check its checksum.
            while (inflate.ReadByte() >= 0)
            {
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            if (damaged == DamagedData.Refuse)
            {
                throw HeaderErrors.Corrupt(ImageFormat.Png, "compressed data", "a whole and valid zlib stream", exception.Message);
            }
        }

        return rgba;
    }

    private static void CheckMethods(ReadOnlySpan<byte> header)
    {
        if (header[10] != 0 || header[11] != 0 || header[12] > 1)
        {
            throw HeaderErrors.Corrupt(
                ImageFormat.Png, "IHDR", "compression 0, filter 0, interlacing 0 or 1", $"{header[10]}, {header[11]}, {header[12]}");
        }
    }

    private static void Pass(
        Stream inflate, byte[] rgba, (int Width, int Height) size, (int X, int Y, int StepX, int StepY) pass, int channels, byte[] key)
    {
        int columns = (size.Width - pass.X + pass.StepX - 1) / pass.StepX;
        if (columns <= 0)
        {
            return;
        }

        int pixelBytes = 2 * channels;
        byte[] previous = new byte[columns * pixelBytes];
        byte[] row = new byte[columns * pixelBytes];
        for (int y = pass.Y; y < size.Height; y += pass.StepY)
        {
            int filter = inflate.ReadByte();
            if (filter < 0)
            {
                throw new EndOfStreamException($"the data ends before row {y}");
            }

            inflate.ReadExactly(row);
            Unfilter(row, previous, pixelBytes, filter);
            for (int i = 0; i < columns; i++)
            {
                ReadOnlySpan<byte> samples = row.AsSpan(i * pixelBytes, pixelBytes);
                Span<byte> target = rgba.AsSpan(4 * (y * size.Width + pass.X + i * pass.StepX), 4);
                bool colored = channels >= 3;
                target[0] = samples[0];
                target[1] = samples[colored ? 2 : 0];
                target[2] = samples[colored ? 4 : 0];
                target[3] = channels switch
                {
                    2 => samples[2],
                    4 => samples[6],
                    _ => samples.SequenceEqual(key) ? (byte)0 : (byte)255,
                };
            }

            (previous, row) = (row, previous);
        }
    }

    private static void Unfilter(Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes, int filter)
    {
        for (int i = 0; i < row.Length && filter != 0; i++)
        {
            int left = i < pixelBytes ? 0 : row[i - pixelBytes];
            int corner = i < pixelBytes ? 0 : above[i - pixelBytes];
            row[i] += (byte)(filter switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                4 => Paeth(left, above[i], corner),
                _ => throw new InvalidDataException($"row filter {filter}; PNG defines 0 to 4"),
            });
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner);
        int toAbove = Math.Abs(left - corner);
        int toCorner = Math.Abs(left + above - 2 * corner);
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
