namespace DeepVision.Imaging.Codecs;

/// <summary>
/// GIF's variant of LZW: codes of growing length, lowest bits first, in blocks of up to 255 bytes. Takes as many steps as there are pixels
/// or codes, whichever ends first.
/// </summary>
internal static class GifLzw
{
    private const int MaxCodes = 4096;
    private const int MaxLength = 12;

    /// <summary>Fills the pixels from the front and returns how many there were before the data ended or made no sense.</summary>
    /// <param name="data">The byte with the code size, then the blocks.</param>
    /// <param name="pixels">The frame's palette indices.</param>
    public static int Decode(ReadOnlySpan<byte> data, Span<byte> pixels)
    {
        if (data.IsEmpty || data[0] is < 1 or > 8)
        {
            return 0;
        }

        int clear = 1 << data[0];
        Span<short> before = stackalloc short[MaxCodes];
        Span<byte> last = stackalloc byte[MaxCodes];
        Span<byte> first = stackalloc byte[MaxCodes];
        Span<short> lengths = stackalloc short[MaxCodes];
        for (int code = 0; code < clear; code++)
        {
            (before[code], last[code], first[code], lengths[code]) = (-1, (byte)code, (byte)code, 1);
        }

        int at = 1;
        int blockEnd = 1;
        uint bits = 0;
        int available = 0;
        int length = data[0] + 1;
        int next = clear + 2;
        int previous = -1;
        int found = 0;
        while (found < pixels.Length)
        {
            while (available < length)
            {
                if (at == blockEnd)
                {
                    int block = at < data.Length ? data[at++] : 0;
                    if (block == 0)
                    {
                        return found;
                    }

                    blockEnd = at + block;
                }

                if (at >= data.Length)
                {
                    return found;
                }

                bits |= (uint)data[at++] << available;
                available += 8;
            }

            int code = (int)(bits & ((1u << length) - 1));
            bits >>= length;
            available -= length;
            if (code == clear)
            {
                (length, next, previous) = (data[0] + 1, clear + 2, -1);
                continue;
            }

            // The one code beyond the table that makes sense is the one about to be added.
            if (code == clear + 1 || code > next || (code == next && previous < 0))
            {
                return found;
            }

            int count;
            if (code < next)
            {
                count = Write(code, lengths[code], pixels[found..], before, last);
            }
            else
            {
                count = Write(previous, lengths[previous], pixels[found..], before, last);
                if (found + count < pixels.Length)
                {
                    pixels[found + count++] = first[previous];
                }
            }

            if (previous >= 0 && next < MaxCodes)
            {
                before[next] = (short)previous;
                last[next] = first[code < next ? code : previous];
                first[next] = first[previous];
                lengths[next] = (short)(lengths[previous] + 1);
                next++;
                if (next == 1 << length && length < MaxLength)
                {
                    length++;
                }
            }

            found += count;
            previous = code;
        }

        return found;
    }

    // A code's pixels are found from the last to the first; those beyond the frame are left out.
    private static int Write(int code, int length, Span<byte> target, ReadOnlySpan<short> before, ReadOnlySpan<byte> last)
    {
        for (int i = length - 1; i >= 0; i--, code = before[code])
        {
            if (i < target.Length)
            {
                target[i] = last[code];
            }
        }

        return Math.Min(length, target.Length);
    }
}
