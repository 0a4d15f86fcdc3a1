using System.Buffers.Binary;

namespace DeepVision.Imaging.Headers;

/// <summary>The headers of a Windows bitmap: OS/2's of 12 bytes and Windows' of 40 to 124.</summary>
internal sealed record BmpHeader
{
    private const int FileHeaderLength = 14;

    // Some programs state more colors than the pixels can name, and write them.
    private const int MaxPalette = 65_536;

    public required long Width { get; init; }

    public required long Height { get; init; }

    public required bool TopDown { get; init; }

    public required int BitsPerPixel { get; init; }

    public required BmpCompression Compression { get; init; }

    public required long PixelOffset { get; init; }

    public long PaletteOffset { get; init; }

    /// <summary>Bytes a palette entry: blue, green, red and, with 4, one unused.</summary>
    public int PaletteEntryLength { get; init; }

    public int PaletteEntries { get; init; }

    public uint RedMask { get; init; }

    public uint GreenMask { get; init; }

    public uint BlueMask { get; init; }

    public uint AlphaMask { get; init; }

    /// <summary>Bytes of run lengths, as the header states them; 0 where it does not.</summary>
    public uint RunLengthBytes { get; init; }

    /// <summary>Bytes of a row that is not run-length coded; rows are padded to 4 bytes.</summary>
    public long RowBytes => (Width * BitsPerPixel + 31) / 32 * 4;

    /// <summary>Bytes from the first pixel to the last: the padding behind the last row is often left out. Of run lengths, none are known.</summary>
    public long PixelBytes => Compression is BmpCompression.Rle8 or BmpCompression.Rle4
        ? 0
        : RowBytes * (Height - 1) + (Width * BitsPerPixel + 7) / 8;

    public ImageHeader ToImageHeader() => new(ImageFormat.Bmp, Width, Height) { HasAlpha = AlphaMask != 0 };

    public static BmpHeader Read(ReadOnlySpan<byte> file)
    {
        Need(file, FileHeaderLength + 4, "the length of the bitmap header");
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(file[FileHeaderLength..]);
        if (length is not (12 or 40 or 52 or 56 or 64 or 108 or 124))
        {
            throw HeaderErrors.Corrupt(ImageFormat.Bmp, "header length at byte 14", "12, 40, 52, 56, 64, 108 or 124", $"{length}");
        }

        Need(file, FileHeaderLength + (int)length, $"a header of {length} bytes");
        uint pixelOffset = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        ReadOnlySpan<byte> header = file.Slice(FileHeaderLength, (int)length);
        BmpHeader found = length == 12 ? Core(header, pixelOffset) : Info(file, header, pixelOffset);
        if (found.Width < 1 || found.Height < 1)
        {
            throw HeaderErrors.Corrupt(ImageFormat.Bmp, "byte 18", "sides of at least 1 pixel", $"{found.Width} x {found.Height}");
        }

        CheckDepth(found);
        return found with { PixelOffset = PixelsAt(file, found) };
    }

    // An offset of 0, as some programs write it, or one into the headers cannot be meant: the pixels follow what stands before them. One into
    // the palette means a palette of fewer colors than stated, unless the whole palette and all pixels are there.
    private static long PixelsAt(ReadOnlySpan<byte> file, BmpHeader header)
    {
        long paletteEnd = header.PaletteOffset + (long)header.PaletteEntries * header.PaletteEntryLength;
        if (header.PixelOffset >= paletteEnd)
        {
            return header.PixelOffset;
        }

        long pixelBytes = Math.Max(header.PixelBytes, header.RunLengthBytes);
        bool fewerColors = header.PixelOffset > header.PaletteOffset && paletteEnd + pixelBytes > file.Length;
        return fewerColors ? header.PixelOffset : paletteEnd;
    }

    private static BmpHeader Core(ReadOnlySpan<byte> header, uint pixelOffset)
    {
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
        return new BmpHeader
        {
            Width = BinaryPrimitives.ReadUInt16LittleEndian(header[4..]),
            Height = BinaryPrimitives.ReadUInt16LittleEndian(header[6..]),
            TopDown = false,
            BitsPerPixel = bits,
            Compression = BmpCompression.None,
            PixelOffset = pixelOffset,
            PaletteOffset = FileHeaderLength + header.Length,
            PaletteEntryLength = 3,
            PaletteEntries = bits <= 8 ? 1 << bits : 0,
        };
    }

    private static BmpHeader Info(ReadOnlySpan<byte> file, ReadOnlySpan<byte> header, uint pixelOffset)
    {
        int height = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(header[14..]);
        uint compression = BinaryPrimitives.ReadUInt32LittleEndian(header[16..]);
        uint used = BinaryPrimitives.ReadUInt32LittleEndian(header[32..]);
        bool masked = compression is (uint)BmpCompression.BitFields or (uint)BmpCompression.AlphaBitFields;

        if (bits <= 8 && used > MaxPalette)
        {
            throw HeaderErrors.Corrupt(ImageFormat.Bmp, "palette length at byte 46", $"at most {MaxPalette} colors", $"{used}");
        }

        // A header of 40 bytes has its masks behind it; longer ones have them inside, at the same place.
        int masks = header.Length >= 52 || !masked ? 0 : compression == (uint)BmpCompression.BitFields ? 12 : 16;
        Need(file, FileHeaderLength + header.Length + masks, "the color masks");
        bool alphaMask = masked && (header.Length >= 56 || masks == 16);
        return new BmpHeader
        {
            Width = BinaryPrimitives.ReadInt32LittleEndian(header[4..]),
            Height = Math.Abs((long)height),
            TopDown = height < 0,
            BitsPerPixel = bits,
            Compression = (BmpCompression)compression,
            PixelOffset = pixelOffset,
            RunLengthBytes = compression is (uint)BmpCompression.Rle8 or (uint)BmpCompression.Rle4 ? BinaryPrimitives.ReadUInt32LittleEndian(header[20..]) : 0,
            PaletteOffset = FileHeaderLength + header.Length + masks,
            PaletteEntryLength = 4,
            PaletteEntries = bits > 8 ? 0 : used == 0 ? 1 << bits : (int)used,
            RedMask = masked ? Mask(file, 0) : bits == 16 ? 0x7C00u : 0xFF0000,
            GreenMask = masked ? Mask(file, 1) : bits == 16 ? 0x03E0u : 0x00FF00,
            BlueMask = masked ? Mask(file, 2) : bits == 16 ? 0x001Fu : 0x0000FF,
            AlphaMask = alphaMask ? Mask(file, 3) : 0,
        };
    }

    private static uint Mask(ReadOnlySpan<byte> file, int index) =>
        BinaryPrimitives.ReadUInt32LittleEndian(file[(FileHeaderLength + 40 + 4 * index)..]);

    private static void CheckDepth(BmpHeader header)
    {
        bool valid = header.Compression switch
        {
            BmpCompression.None => header.BitsPerPixel is 1 or 4 or 8 or 16 or 24 or 32,
            BmpCompression.Rle8 => header.BitsPerPixel == 8 && !header.TopDown,
            BmpCompression.Rle4 => header.BitsPerPixel == 4 && !header.TopDown,
            BmpCompression.BitFields or BmpCompression.AlphaBitFields => header.BitsPerPixel is 16 or 32,
            _ => false,
        };
        bool masked = header.Compression is BmpCompression.BitFields or BmpCompression.AlphaBitFields;
        if (valid && masked && (header.RedMask | header.GreenMask | header.BlueMask) == 0)
        {
            throw HeaderErrors.Corrupt(ImageFormat.Bmp, "color masks at byte 54", "at least one that takes bits", "none");
        }

        if (!valid)
        {
            throw HeaderErrors.Unsupported(
                ImageFormat.Bmp,
                $"compression {(uint)header.Compression} with {header.BitsPerPixel} bits a pixel{(header.TopDown ? ", top-down" : "")}",
                "Supported are 1, 4, 8, 16, 24 and 32 bits without compression, 16 and 32 with masks, and bottom-up RLE4 and RLE8: convert it to one of these.");
        }
    }

    private static void Need(ReadOnlySpan<byte> file, int length, string what)
    {
        if (file.Length < length)
        {
            throw HeaderErrors.Truncated(ImageFormat.Bmp, file.Length, $"{what} up to byte {length}");
        }
    }
}
