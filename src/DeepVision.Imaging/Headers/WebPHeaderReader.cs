using System.Buffers.Binary;

namespace DeepVision.Imaging.Headers;

/// <summary>Reads a WebP file's size, transparency and orientation.</summary>
internal static class WebPHeaderReader
{
    private const byte AnimationBit = 0x02;
    private const byte AlphaBit = 0x10;

    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 20)
        {
            throw HeaderErrors.Truncated(ImageFormat.WebP, file.Length, "a first chunk");
        }

        ReadOnlySpan<byte> type = file.Slice(12, 4);
        ReadOnlySpan<byte> body = file[20..];
        if (type.SequenceEqual("VP8X"u8))
        {
            return Extended(file, Need(body, 10));
        }

        if (type.SequenceEqual("VP8 "u8))
        {
            return Lossy(Need(body, 10));
        }

        return type.SequenceEqual("VP8L"u8)
            ? Lossless(Need(body, 5))
            : throw HeaderErrors.Corrupt(
                ImageFormat.WebP, "first chunk at byte 12", "VP8X, VP8 (with a space) or VP8L", Convert.ToHexString(type));
    }

    /// <summary>Whether the file holds as many bytes as its RIFF header says.</summary>
    public static bool IsComplete(ReadOnlySpan<byte> file) =>
        BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) <= (uint)(file.Length - 8);

    private static ImageHeader Extended(ReadOnlySpan<byte> file, ReadOnlySpan<byte> body)
    {
        long width = 1 + UInt24(body[4..]);
        long height = 1 + UInt24(body[7..]);
        OrientationTags orientation = default;
        for (int at = 12; file.Length - at >= 8;)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            if (length > (uint)(file.Length - at - 8))
            {
                break;
            }

            if (file.Slice(at, 4).SequenceEqual("EXIF"u8))
            {
                orientation.AddExif(file.Slice(at + 8, (int)length));
            }
            else if (file.Slice(at, 4).SequenceEqual("XMP "u8))
            {
                orientation.AddXmp(file.Slice(at + 8, (int)length));
            }

            // Chunks are padded to an even length; the last one's padding may be missing.
            at = (int)Math.Min(file.Length, at + 8 + (long)length + (length & 1));
        }

        return new ImageHeader(ImageFormat.WebP, width, height)
        {
            HasAlpha = (body[0] & AlphaBit) != 0,
            IsAnimated = (body[0] & AnimationBit) != 0,
            Orientation = orientation.Value,
        };
    }

    private static ImageHeader Lossy(ReadOnlySpan<byte> body)
    {
        if (!body.Slice(3, 3).SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]))
        {
            throw HeaderErrors.Corrupt(ImageFormat.WebP, "key frame at byte 23", "9D012A", Convert.ToHexString(body.Slice(3, 3)));
        }

        int width = BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFF;
        int height = BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFF;
        return width == 0 || height == 0
            ? throw HeaderErrors.Corrupt(ImageFormat.WebP, "key frame at byte 26", "sides of at least 1 pixel", $"{width} x {height}")
            : new ImageHeader(ImageFormat.WebP, width, height);
    }

    private static ImageHeader Lossless(ReadOnlySpan<byte> body)
    {
        if (body[0] != 0x2F)
        {
            throw HeaderErrors.Corrupt(ImageFormat.WebP, "lossless signature at byte 20", "2F", $"{body[0]:X2}");
        }

        // 14 bits of width - 1, 14 of height - 1, then whether alpha is used.
        uint bits = BinaryPrimitives.ReadUInt32LittleEndian(body[1..]);
        return new ImageHeader(ImageFormat.WebP, 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)) { HasAlpha = (bits >> 28 & 1) != 0 };
    }

    private static ReadOnlySpan<byte> Need(ReadOnlySpan<byte> body, int length) =>
        body.Length >= length
            ? body
            : throw HeaderErrors.Truncated(ImageFormat.WebP, 20 + body.Length, $"{length} bytes of the first chunk");

    private static long UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
