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
        OrientationTags orientation = default;
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
                    ? found with { Orientation = orientation.Value }
                    : throw HeaderErrors.Corrupt(ImageFormat.Jpeg, $"scan at byte {at - 2}", "a frame header (SOF) before it", "none");
            }

            ReadOnlySpan<byte> body = Segment(file, ref at);
            if (IsFrame(marker))
            {
                if (frame is not null)
                {
                    throw HeaderErrors.Corrupt(ImageFormat.Jpeg, $"byte {at}", "one frame header (SOF)", "a second one");
                }

                frame = Frame(marker, body, at - body.Length);
            }
            else if (marker == App1)
            {
                orientation.AddApp1(body);
            }
        }
    }

    private static ImageHeader Frame(byte marker, ReadOnlySpan<byte> body, int offset)
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

        // C0 to C2 are baseline, extended and progressive with Huffman codes.
        if (marker > 0xC2)
        {
            string kind = marker is 0xC3 or 0xC7 or 0xCB or 0xCF ? "lossless coding" : marker is 0xC9 or 0xCA ? "arithmetic coding" : "hierarchical coding";
            throw HeaderErrors.Unsupported(ImageFormat.Jpeg, $"{kind} (frame FF{marker:X2})", "Convert it to a baseline or progressive JPEG.");
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

    internal static bool IsStandalone(byte marker) => marker is 0x00 or 0x01 or (>= 0xD0 and <= 0xD8);

    // C4 is a Huffman table, C8 reserved, CC arithmetic conditioning.
    internal static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
