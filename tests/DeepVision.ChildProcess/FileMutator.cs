using System.Buffers.Binary;

namespace DeepVision.ChildProcess;

/// <summary>Damages a file in one of the ways that files get damaged, or are damaged on purpose.</summary>
internal static class FileMutator
{
    private static readonly long[] TellingNumbers =
        [0, 1, -1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, 1L << 40];

    public static byte[] Mutate(byte[] original, byte[] donor, Xorshift random)
    {
        byte[] content = (byte[])original.Clone();
        int rounds = 1 + random.Next(3);
        for (int round = 0; round < rounds && content.Length > 1; round++)
        {
            content = Once(content, donor, random);
        }

        return content;
    }

    private static byte[] Once(byte[] content, byte[] donor, Xorshift random)
    {
        int at = random.Next(content.Length);
        switch (random.Next(8))
        {
            case 0: // one bit
                content[at] ^= (byte)(1 << random.Next(8));
                return content;
            case 1: // one byte
                content[at] = (byte)random.Next(256);
                return content;
            case 2: // a length or offset, in one of the widths
                Span<byte> number = stackalloc byte[sizeof(long)];
                BinaryPrimitives.WriteInt64LittleEndian(number, TellingNumbers[random.Next(TellingNumbers.Length)] + random.Next(3) - 1);
                int width = 1 << random.Next(4);
                number[..Math.Min(width, content.Length - at)].CopyTo(content.AsSpan(at));
                return content;
            case 3: // truncated
                return content[..at];
            case 4: // bytes lost
                int lost = Math.Min(1 + random.Next(64), content.Length - at);
                return [.. content[..at], .. content[(at + lost)..]];
            case 5: // bytes inserted
                byte[] inserted = new byte[1 + random.Next(32)];
                for (int i = 0; i < inserted.Length; i++)
                {
                    inserted[i] = (byte)random.Next(256);
                }

                return [.. content[..at], .. inserted, .. content[at..]];
            case 6: // a stretch of another file
                int from = random.Next(donor.Length);
                int length = Math.Min(1 + random.Next(200), Math.Min(donor.Length - from, content.Length - at));
                donor.AsSpan(from, length).CopyTo(content.AsSpan(at));
                return content;
            default: // a stretch repeated elsewhere
                int start = random.Next(content.Length);
                byte[] stretch = content[start..Math.Min(content.Length, start + 1 + random.Next(100))];
                return [.. content[..at], .. stretch, .. content[at..]];
        }
    }
}
