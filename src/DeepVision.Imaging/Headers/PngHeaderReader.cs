using System.Buffers.Binary;

namespace DeepVision.Imaging.Headers;

/// <summary>Reads a PNG file's size, depth, transparency and orientation.</summary>
internal static class PngHeaderReader
{
    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        PngChunks chunks = new(file);
        if (!chunks.MoveNext())
        {
            throw HeaderErrors.Truncated(ImageFormat.Png, file.Length, "the whole IHDR chunk");
        }

        if (!chunks.Type.SequenceEqual("IHDR"u8) || chunks.Body.Length != 13)
        {
            throw HeaderErrors.Corrupt(
                ImageFormat.Png, "byte 8", "an IHDR chunk of 13 bytes", $"type {Convert.ToHexString(chunks.Type)}, {chunks.Body.Length} bytes");
        }

        ReadOnlySpan<byte> body = chunks.Body;
        uint width = BinaryPrimitives.ReadUInt32BigEndian(body);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(body[4..]);
        int depth = body[8];
        int colorType = body[9];
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
        {
            throw HeaderErrors.Corrupt(ImageFormat.Png, "IHDR", "sides of 1 to 2,147,483,647 pixels", $"{width} x {height}");
        }

        if (!IsValid(colorType, depth))
        {
            throw HeaderErrors.Corrupt(
                ImageFormat.Png, "IHDR", "a color type and depth that PNG defines", $"type {colorType} with {depth} bits");
        }

        bool alpha = colorType is 4 or 6;
        OrientationTags orientation = default;
        PngTextReader texts = new();
        while (chunks.MoveNext() && !chunks.Type.SequenceEqual("IEND"u8))
        {
            alpha |= chunks.Type.SequenceEqual("tRNS"u8);
            if (chunks.Type.SequenceEqual("eXIf"u8))
            {
                orientation.AddExif(chunks.Body);
            }
            else if (!orientation.IsDecided)
            {
                texts.Add(chunks.Type, chunks.Body, ref orientation);
            }
        }

        return new ImageHeader(ImageFormat.Png, width, height)
        {
            BitDepth = depth,
            Components = colorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 },
            HasAlpha = alpha,
            Orientation = orientation.Value,
        };
    }

    /// <summary>Whether every chunk up to IEND is there.</summary>
    public static bool IsComplete(ReadOnlySpan<byte> file)
    {
        PngChunks chunks = new(file);
        while (chunks.MoveNext())
        {
            if (chunks.Type.SequenceEqual("IEND"u8))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsValid(int colorType, int depth) => colorType switch
    {
        0 => depth is 1 or 2 or 4 or 8 or 16,
        3 => depth is 1 or 2 or 4 or 8,
        2 or 4 or 6 => depth is 8 or 16,
        _ => false,
    };
}
