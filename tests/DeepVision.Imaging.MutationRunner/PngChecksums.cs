using System.Buffers.Binary;

namespace DeepVision.Imaging.MutationRunner;

/// <summary>Makes the checksums of a damaged PNG file right again, so that the damage gets past them.</summary>
internal static class PngChecksums
{
    public static void Repair(byte[] file)
    {
        for (int at = 8; file.Length - at >= 12;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > (uint)(file.Length - at - 12))
            {
                return;
            }

            int end = at + 8 + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(end), Crc32(file.AsSpan(at + 4, (int)length + 4)));
            at = end + 4;
        }
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
