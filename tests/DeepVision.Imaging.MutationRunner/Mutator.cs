using System.Buffers.Binary;

namespace DeepVision.Imaging.MutationRunner;

/// <summary>Damages files, always the same way for the same seed and number.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> originals, ulong seed)
{
    // Values at which sizes and offsets turn over.
    private static readonly uint[] s_edges =
        [0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 100_000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF];

    private ulong _state;

    public byte[] Mutate(int number)
    {
        _state = seed + 0x9E3779B97F4A7C15 * (ulong)(number + 1);
        byte[] file = (byte[])originals[Next(originals.Count)].Clone();
        int changes = 1 + Next(4);
        for (int i = 0; i < changes && file.Length > 4; i++)
        {
            file = Change(file);
        }

        return file;
    }

    /// <summary>A whole file up to somewhere; every other one as if it had been fetched in two pieces, with zeros in between.</summary>
    public byte[] Cut(int number)
    {
        _state = seed + 0x9E3779B97F4A7C15 * (ulong)(number + 1);
        byte[] original = originals[Next(originals.Count)];
        int from = Next(original.Length);
        if (number % 2 == 0)
        {
            return original[..from];
        }

        byte[] file = (byte[])original.Clone();
        file.AsSpan(from, Next(file.Length - from + 1)).Clear();
        return file;
    }

    private byte[] Change(byte[] file)
    {
        // Half of all changes fall into the first 64 bytes, where the headers are.
        int at = Next(2) == 0 ? Next(Math.Min(64, file.Length)) : Next(file.Length);
        switch (Next(9))
        {
            case 0:
                file[at] ^= (byte)(1 << Next(8));
                return file;
            case 1:
                file[at] = (byte)Next(256);
                return file;
            case 2:
                Write(file, at, 2);
                return file;
            case 3:
                Write(file, at, 4);
                return file;
            case 4:
                return file[..at];
            case 5:
                return [.. file[..at], .. file[Math.Min(file.Length, at + 1 + Next(32))..]];
            case 6:
                byte[] inserted = new byte[1 + Next(32)];
                foreach (ref byte value in inserted.AsSpan())
                {
                    value = (byte)Next(256);
                }

                return [.. file[..at], .. inserted, .. file[at..]];
            case 7:
                int length = Math.Min(Next(64), file.Length - at);
                Array.Copy(file, Next(file.Length - length + 1), file, at, length);
                return file;
            default:
                byte[] other = originals[Next(originals.Count)];
                return [.. file[..at], .. other[Math.Min(at, other.Length)..]];
        }
    }

    private void Write(byte[] file, int at, int bytes)
    {
        Span<byte> value = stackalloc byte[4];
        uint edge = s_edges[Next(s_edges.Length)];
        if (Next(2) == 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(value, bytes == 2 ? edge << 16 : edge);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(value, edge);
        }

        value[..Math.Min(bytes, file.Length - at)].CopyTo(file.AsSpan(at));
    }

    // splitmix64.
    private int Next(int bound)
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return (int)((z ^ z >> 31) % (ulong)bound);
    }
}
