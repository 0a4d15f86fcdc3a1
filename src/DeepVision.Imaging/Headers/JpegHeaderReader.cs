using System.Buffers.Binary;

namespace DeepVision.Imaging.Headers;

/// <summary>Walks a JPEG file's markers.</summary>
internal static class JpegHeaderReader
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const byte App1 = 0xE1;

    /// <summary>Size, components and orientation, from the markers before the first scan.</summary>
    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        ImageHeader? frame = null;
        int orientation = 0;
        for (int at = 2; ;)
        {
            byte marker = NextMarker(file, ref at);
            if (marker == EndOfImage)
            {
                throw HeaderErrors.Corrupt(ImageFormat.Jpeg, $"marker at byte {at - 2}", "a scan with pixels", "the end of the image");
            }

            if (IsStandalone(marker))
            {
                continue;
            }

            if (marker == StartOfScan)
            {
                return frame is { } found
                    ? found with { Orientation = Math.Max(1, orientation) }
                    : throw HeaderErrors.Corrupt(ImageFormat.Jpeg, $"scan at byte {at - 2}", "a frame header (SOF) before it", "none");
            }

            ReadOnlySpan<byte> body = Segment(file, ref at);
            if (IsFrame(marker))
            {
                if (frame is not null)
                {
                    throw HeaderErrors.Corrupt(ImageFormat.Jpeg, $"byte {at}", "one frame header (SOF)", "a second one");
                }

                frame = Frame(body, at - body.Length);
            }
            else if (marker == App1 && orientation == 0 && body.StartsWith("Exif\0\0"u8))
            {
                orientation = ExifReader.Orientation(body);
            }
        }
    }

    /// <summary>
    /// Whether the file reaches its end-of-image marker. What follows (a second picture, padding) is ignored.
    /// Costs one vectorised search for FF bytes.
    /// </summary>
    public static bool IsComplete(ReadOnlySpan<byte> file)
    {
        for (int at = 2; ;)
        {
            int next = file[at..].IndexOf((byte)0xFF);
            if (next < 0 || at + next + 1 >= file.Length)
            {
                return false;
            }

            byte marker = file[at + next + 1];
            at += next + (marker == 0xFF ? 1 : 2);
            if (marker == EndOfImage)
            {
                return true;
            }

            // FF 00 is a stuffed FF of the compressed data, FF FF is filling.
            if (marker is 0x00 or 0xFF || IsStandalone(marker))
            {
                continue;
            }

            int length = file.Length - at < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
            if (length < 2 || length > file.Length - at)
            {
                return false;
            }

            at += length;
        }
    }

    private static ImageHeader Frame(ReadOnlySpan<byte> body, int offset)
    {
        if (body.Length < 6)
        {
            throw HeaderErrors.Corrupt(ImageFormat.Jpeg, $"frame header at byte {offset}", "at least 6 bytes", $"{body.Length}");
        }

        int precision = body[0];
        int height = BinaryPrimitives.ReadUInt16BigEndian(body[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(body[3..]);
        if (width == 0 || height == 0)
        {
            throw HeaderErrors.Corrupt(ImageFormat.Jpeg, $"frame header at byte {offset}", "sides of at least 1 pixel", $"{width} x {height}");
        }

        if (precision != 8)
        {
            throw HeaderErrors.Unsupported(ImageFormat.Jpeg, $"{precision} bits a sample", "Convert it to 8 bits.");
        }

        return new ImageHeader(ImageFormat.Jpeg, width, height) { Components = body[5], BitDepth = precision };
    }

    private static byte NextMarker(ReadOnlySpan<byte> file, ref int at)
    {
        // Decoders skip stray bytes between segments, so they are skipped here too.
        int next = file[at..].IndexOf((byte)0xFF);
        at = next < 0 ? file.Length : at + next;
        while (at < file.Length && file[at] == 0xFF)
        {
            at++;
        }

        if (at >= file.Length)
        {
            throw HeaderErrors.Truncated(ImageFormat.Jpeg, file.Length, "a marker before the first scan");
        }

        return file[at++];
    }

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> file, ref int at)
    {
        int start = at;
        int length = file.Length - at < 2 ? 2 : BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
        if (length < 2)
        {
            throw HeaderErrors.Corrupt(ImageFormat.Jpeg, $"segment length at byte {at}", "at least 2", $"{length}");
        }

        if (length > file.Length - at)
        {
            throw HeaderErrors.Truncated(ImageFormat.Jpeg, file.Length, $"a segment of {length} bytes that begins at byte {at}");
        }

        at += length;
        return file[(start + 2)..at];
    }

    private static bool IsStandalone(byte marker) => marker is 0x00 or 0x01 or (>= 0xD0 and <= 0xD8);

    // C4 is a Huffman table, C8 reserved, CC arithmetic conditioning.
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
