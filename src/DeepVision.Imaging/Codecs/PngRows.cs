using System.Buffers.Binary;
using System.IO.Compression;
using DeepVision.Imaging.Headers;
using DeepVision.Imaging.Pixels;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Codecs;

/// <summary>
/// Rescues the rows that a damaged PNG file still holds, every kind of PNG, checksums ignored: whole rows up to the first damage of the
/// compressed data. Of an interlaced picture, pixels that are missing are taken from the coarser pass; rows that are missing are black.
/// </summary>
internal ref struct PngRows
{
    // Adam7: first column, first row, column step, row step of each pass, and the block that its pixels stand for until later ones come.
    private static readonly Pass[] s_interlaced =
    [
        new(0, 0, 8, 8, 8, 8), new(4, 0, 8, 8, 4, 8), new(0, 4, 4, 8, 4, 4), new(2, 0, 4, 4, 2, 4),
        new(0, 2, 2, 4, 2, 2), new(1, 0, 2, 2, 1, 2), new(0, 1, 1, 2, 1, 1),
    ];

    private static readonly Pass[] s_whole = [new(0, 0, 1, 1, 1, 1)];

    private readonly int _depth;
    private readonly int _colorType;
    private readonly int _channels;
    private readonly ImageLoadOptions _options;
    private readonly bool _blend;
    private readonly bool _interlaced;
    private readonly ReadOnlySpan<byte> _palette;
    private readonly ReadOnlySpan<byte> _transparency;
    private readonly MemoryStream _compressed = new();
    private readonly RgbImage _image;

    private PngRows(ReadOnlySpan<byte> file, in ImageHeader header, ImageLoadOptions options)
    {
        ReadOnlySpan<byte> frame = file.Slice(16, 13);
        if (frame[10] != 0 || frame[11] != 0 || frame[12] > 1)
        {
            throw HeaderErrors.Corrupt(
                ImageFormat.Png, "IHDR", "compression 0, filter 0, interlacing 0 or 1", $"{frame[10]}, {frame[11]}, {frame[12]}");
        }

        _depth = header.BitDepth;
        _colorType = frame[9];
        _channels = header.Components;
        _interlaced = frame[12] == 1;
        _options = options;
        _blend = options.Alpha == AlphaHandling.BlendOver;

        // The last chunk may be cut: its type and its part of the body are there all the same.
        for (int at = 8; file.Length - at >= 8;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            ReadOnlySpan<byte> type = file.Slice(at + 4, 4);
            ReadOnlySpan<byte> body = file.Slice(at + 8, (int)Math.Min(length, (uint)(file.Length - at - 8)));
            if (type.SequenceEqual("IDAT"u8))
            {
                _compressed.Write(body);
            }
            else if (type.SequenceEqual("PLTE"u8))
            {
                _palette = body;
            }
            else if (type.SequenceEqual("tRNS"u8))
            {
                _transparency = body;
            }
            else if (type.SequenceEqual("IEND"u8))
            {
                break;
            }

            at = (int)Math.Min(file.Length, at + 12L + length);
        }

        if (_colorType == 3 && _palette.Length < 3)
        {
            throw HeaderErrors.Corrupt(ImageFormat.Png, "chunks", "a palette (PLTE)", "none");
        }

        _image = new RgbImage((int)header.Width, (int)header.Height);
    }

    /// <exception cref="ImageFileException">Not one row is there, or nothing but one color.</exception>
    public static RgbImage Rescue(ReadOnlySpan<byte> file, in ImageHeader header, ImageLoadOptions options)
    {
        var rows = new PngRows(file, header, options);
        if (!rows.ReadAll(out int found))
        {
            if (found == 0)
            {
                throw Codecs.Rescue.Nothing(ImageFormat.Png, file.Length);
            }

            Codecs.Rescue.RequirePicture(rows._image, ImageFormat.Png, file.Length);
        }

        return rows._image;
    }

    // Whether all rows of all passes are there, and how many are.
    private readonly bool ReadAll(out int found)
    {
        found = 0;
        _compressed.Position = 0;
        using ZLibStream inflate = new(_compressed, CompressionMode.Decompress, leaveOpen: true);
        foreach (Pass pass in _interlaced ? s_interlaced : s_whole)
        {
            int columns = (_image.Width - pass.X + pass.StepX - 1) / pass.StepX;
            if (columns <= 0)
            {
                continue;
            }

            int rowBytes = (int)(((long)columns * _channels * _depth + 7) / 8);
            byte[] previous = new byte[rowBytes];
            byte[] row = new byte[rowBytes];
            for (int y = pass.Y; y < _image.Height; y += pass.StepY)
            {
                if (!TryRead(inflate, row, previous))
                {
                    return false;
                }

                Place(row, columns, y, pass);
                found++;
                (previous, row) = (row, previous);
            }
        }

        return true;
    }

    private readonly bool TryRead(ZLibStream inflate, byte[] row, byte[] previous)
    {
        try
        {
            int filter = inflate.ReadByte();
            if (filter is < 0 or > 4 || inflate.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length)
            {
                return false;
            }

            Unfilter(row, previous, Math.Max(1, _channels * _depth / 8), filter);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private readonly void Place(ReadOnlySpan<byte> row, int columns, int y, Pass pass)
    {
        int bottom = Math.Min(_image.Height, y + pass.BlockHeight);
        for (int i = 0; i < columns; i++)
        {
            RgbColor color = Pixel(row, i);
            int left = pass.X + i * pass.StepX;
            int right = Math.Min(_image.Width, left + pass.BlockWidth);
            for (int blockY = y; blockY < bottom; blockY++)
            {
                Span<byte> target = _image.Row(blockY);
                for (int x = left; x < right; x++)
                {
                    target[3 * x] = color.Red;
                    target[3 * x + 1] = color.Green;
                    target[3 * x + 2] = color.Blue;
                }
            }
        }
    }

    private readonly RgbColor Pixel(ReadOnlySpan<byte> row, int index)
    {
        int bytes = _depth / 8;
        byte alpha = 255;
        RgbColor color;
        if (_depth < 8)
        {
            int bit = index * _depth;
            int value = row[bit >> 3] >> (8 - _depth - (bit & 7)) & ((1 << _depth) - 1);
            color = _colorType == 3 ? PaletteColor(value, out alpha) : Gray((byte)(value * 255 / ((1 << _depth) - 1)));
            if (_colorType == 0 && _transparency.Length == 2)
            {
                alpha = BinaryPrimitives.ReadUInt16BigEndian(_transparency) == value ? (byte)0 : (byte)255;
            }
        }
        else
        {
            ReadOnlySpan<byte> samples = row.Slice(index * _channels * bytes, _channels * bytes);
            color = _colorType == 3 ? PaletteColor(samples[0], out alpha)
                : _channels >= 3 ? new RgbColor(samples[0], samples[bytes], samples[2 * bytes])
                : Gray(samples[0]);
            if (_channels is 2 or 4)
            {
                alpha = samples[(_channels - 1) * bytes];
            }
            else if (_colorType != 3 && _transparency.Length == 2 * _channels)
            {
                alpha = IsKey(samples, bytes) ? (byte)0 : (byte)255;
            }
        }

        return _blend ? PixelConversion.Blend(color, alpha, _options.Background) : color;
    }

    private static RgbColor Gray(byte value) => new(value, value, value);

    // The transparent color is stored in 16 bits whatever the depth.
    private readonly bool IsKey(ReadOnlySpan<byte> samples, int bytes)
    {
        for (int c = 0; c < _channels; c++)
        {
            int sample = bytes == 2 ? BinaryPrimitives.ReadUInt16BigEndian(samples[(2 * c)..]) : samples[c];
            if (sample != BinaryPrimitives.ReadUInt16BigEndian(_transparency[(2 * c)..]))
            {
                return false;
            }
        }

        return true;
    }

    private readonly RgbColor PaletteColor(int index, out byte alpha)
    {
        alpha = index < _transparency.Length ? _transparency[index] : (byte)255;
        return 3 * index + 3 <= _palette.Length
            ? new RgbColor(_palette[3 * index], _palette[3 * index + 1], _palette[3 * index + 2])
            : RgbColor.Black;
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
                _ => Paeth(left, above[i], corner),
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

    private readonly record struct Pass(int X, int Y, int StepX, int StepY, int BlockWidth, int BlockHeight);
}
