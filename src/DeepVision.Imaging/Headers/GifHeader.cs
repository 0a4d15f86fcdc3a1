using System.Buffers.Binary;

namespace DeepVision.Imaging.Headers;

/// <summary>A GIF file up to the compressed data of its first frame.</summary>
internal readonly ref struct GifHeader
{
    private const byte ImageBlock = 0x2C;
    private const byte Extension = 0x21;
    private const byte Trailer = 0x3B;
    private const byte GraphicControl = 0xF9;

    /// <summary>The canvas: the screen that the file states, enlarged where the first frame reaches beyond it, as Pillow does.</summary>
    public int Width { get; private init; }

    public int Height { get; private init; }

    public int Left { get; private init; }

    public int Top { get; private init; }

    public int FrameWidth { get; private init; }

    public int FrameHeight { get; private init; }

    public bool Interlaced { get; private init; }

    /// <summary>Three bytes a color; empty where the file has none, which means shades of gray.</summary>
    public ReadOnlySpan<byte> Palette { get; private init; }

    /// <summary>The index that stands for transparency, or -1.</summary>
    public int Transparent { get; private init; }

    /// <summary>From the byte with the code size on.</summary>
    public ReadOnlySpan<byte> Data { get; private init; }

    public ImageHeader ToImageHeader() => new(ImageFormat.Gif, Width, Height) { HasAlpha = Transparent >= 0 };

    public static GifHeader Read(ReadOnlySpan<byte> file)
    {
        int at = 13;
        Need(file, at, "the screen descriptor");
        int width = BinaryPrimitives.ReadUInt16LittleEndian(file[6..]);
        int height = BinaryPrimitives.ReadUInt16LittleEndian(file[8..]);
        ReadOnlySpan<byte> palette = Table(file, file[10], ref at);
        int transparent = -1;
        for (; ;)
        {
            Need(file, at + 1, "a block");
            byte kind = file[at++];
            if (kind == Extension)
            {
                Need(file, at + 6, "an extension");
                if (file[at] == GraphicControl && file[at + 1] >= 4 && (file[at + 2] & 1) != 0)
                {
                    transparent = file[at + 5];
                }

                at++;
                SkipBlocks(file, ref at);
            }
            else if (kind == ImageBlock)
            {
                break;
            }
            else
            {
                throw HeaderErrors.Corrupt(
                    ImageFormat.Gif, $"block at byte {at - 1}", "a picture (2C) or an extension (21)", kind == Trailer ? "the end of the file's blocks" : $"{kind:X2}");
            }
        }

        Need(file, at + 9, "the first picture's descriptor");
        ReadOnlySpan<byte> frame = file.Slice(at, 9);
        at += 9;
        int left = BinaryPrimitives.ReadUInt16LittleEndian(frame);
        int top = BinaryPrimitives.ReadUInt16LittleEndian(frame[2..]);
        int frameWidth = BinaryPrimitives.ReadUInt16LittleEndian(frame[4..]);
        int frameHeight = BinaryPrimitives.ReadUInt16LittleEndian(frame[6..]);
        if (frameWidth == 0 || frameHeight == 0)
        {
            throw HeaderErrors.Corrupt(ImageFormat.Gif, "first picture", "sides of at least 1 pixel", $"{frameWidth} x {frameHeight}");
        }

        ReadOnlySpan<byte> own = Table(file, frame[8], ref at);
        return new GifHeader
        {
            Width = Math.Max(width, left + frameWidth),
            Height = Math.Max(height, top + frameHeight),
            Left = left,
            Top = top,
            FrameWidth = frameWidth,
            FrameHeight = frameHeight,
            Interlaced = (frame[8] & 0x40) != 0,
            Palette = own.IsEmpty ? palette : own,
            Transparent = transparent,
            Data = file[at..],
        };
    }

    /// <summary>Whether every block up to the end mark is there.</summary>
    public static bool IsComplete(ReadOnlySpan<byte> file)
    {
        int at = 13;
        try
        {
            Table(file, file[10], ref at);
            while (at < file.Length)
            {
                byte kind = file[at++];
                if (kind == Trailer)
                {
                    return true;
                }

                if (kind == ImageBlock)
                {
                    Need(file, at + 9, "a picture's descriptor");
                    at += 9;
                    Table(file, file[at - 1], ref at);
                }

                at++;
                SkipBlocks(file, ref at);
            }
        }
        catch (ImageFileException)
        {
        }

        return false;
    }

    private static ReadOnlySpan<byte> Table(ReadOnlySpan<byte> file, byte flags, scoped ref int at)
    {
        int length = (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
        Need(file, at + length, "a color table");
        at += length;
        return file.Slice(at - length, length);
    }

    // Blocks of up to 255 bytes, each with its length before it, ended by an empty one.
    private static void SkipBlocks(ReadOnlySpan<byte> file, scoped ref int at)
    {
        for (int length = -1; length != 0; at += length)
        {
            Need(file, at + 1, "a block's length");
            length = file[at++];
        }

        Need(file, at, "a block");
    }

    private static void Need(ReadOnlySpan<byte> file, int length, string what)
    {
        if (file.Length < length)
        {
            throw HeaderErrors.Truncated(ImageFormat.Gif, file.Length, $"{what} up to byte {length}");
        }
    }
}
