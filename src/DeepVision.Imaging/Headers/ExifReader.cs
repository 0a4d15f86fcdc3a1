using System.Buffers.Binary;

namespace DeepVision.Imaging.Headers;

/// <summary>
/// Reads the one field of EXIF data that matters for pixels. Cameras and editors write much broken EXIF data: whatever cannot be
/// followed within the given bytes counts as not there and never as an error.
/// </summary>
internal static class ExifReader
{
    private const ushort OrientationTag = 0x0112;
    private const ushort TypeShort = 3;
    private const ushort TypeLong = 4;

    /// <summary>
    /// The orientation, 1 to 8, in a TIFF structure ("II" or "MM" and on): 0 where it has no such tag, 1 where the tag makes no sense.
    /// </summary>
    public static int Orientation(ReadOnlySpan<byte> tiff)
    {
        // Some writers leave JPEG's prefix in PNG and WebP chunks.
        if (tiff.StartsWith("Exif\0\0"u8))
        {
            tiff = tiff[6..];
        }

        bool little = tiff.StartsWith("II"u8);
        if (tiff.Length < 8 || !(little || tiff.StartsWith("MM"u8)) || UInt16(tiff[2..], little) != 42)
        {
            return 0;
        }

        uint directory = UInt32(tiff[4..], little);
        if (directory > (uint)tiff.Length - 2)
        {
            return 0;
        }

        int count = UInt16(tiff[(int)directory..], little);
        ReadOnlySpan<byte> entries = tiff[((int)directory + 2)..];
        for (int i = 0; i < count && entries.Length >= 12; i++, entries = entries[12..])
        {
            if (UInt16(entries, little) == OrientationTag)
            {
                ushort type = UInt16(entries[2..], little);
                uint value = type switch
                {
                    TypeShort => UInt16(entries[8..], little),
                    TypeLong => UInt32(entries[8..], little),
                    _ => 1,
                };
                return value is >= 1 and <= 8 ? (int)value : 1;
            }
        }

        return 0;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
