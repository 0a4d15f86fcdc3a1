using System.Buffers.Binary;

namespace DeepVision.Imaging.Headers;

/// <summary>What a JPEG file's compressed part consists of, found by walking its markers: one vectorized search for FF bytes.</summary>
internal readonly record struct JpegScans
{
    /// <summary>More than any program writes; only a bomb has so many.</summary>
    public const int MaxScans = 500;

    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const int Coefficients = 64;

    /// <summary>Where the end mark stands; without one, where the last whole segment or the compressed data ends.</summary>
    public int End { get; private init; }

    /// <summary>Whether there is an end mark. What follows it (a second picture, padding) is ignored.</summary>
    public bool IsComplete { get; private init; }

    public int Count { get; private init; }

    /// <summary>One scan of all components with Huffman codes, pixel after pixel.</summary>
    public bool IsBaseline { get; private init; }

    /// <summary>Whether every component has every coefficient in some scan.</summary>
    public bool CoversAll { get; private init; }

    /// <summary>Pixels of the longer side of a unit of coding: one block of the component that is stored with the fewest pixels.</summary>
    public int UnitSide { get; private init; }

    public static JpegScans Read(ReadOnlySpan<byte> file)
    {
        byte frame = 0;
        Dictionary<byte, ulong> missing = [];
        int scans = 0;
        int sampling = 1;
        int inFirstScan = 0;
        int at = 2;
        int end;
        bool complete = false;
        for (; ;)
        {
            int next = file[at..].IndexOf((byte)0xFF);
            end = file.Length;
            if (next < 0 || at + next + 1 >= file.Length)
            {
                break;
            }

            byte marker = file[at + next + 1];
            end = at + next;
            at += next + (marker == 0xFF ? 1 : 2);
            if (marker == EndOfImage)
            {
                complete = true;
                break;
            }

            // FF 00 is a stuffed FF of the compressed data, FF FF is filling.
            if (marker is 0x00 or 0xFF || JpegHeaderReader.IsStandalone(marker))
            {
                continue;
            }

            int length = file.Length - at < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
            if (length < 2 || length > file.Length - at)
            {
                break;
            }

            ReadOnlySpan<byte> body = file.Slice(at + 2, length - 2);
            if (JpegHeaderReader.IsFrame(marker) && frame == 0)
            {
                frame = marker;
                for (int i = 6; i < body.Length && missing.Count < body[5]; i += 3)
                {
                    missing[body[i]] = ulong.MaxValue;
                    sampling = i + 1 < body.Length ? Math.Max(sampling, Math.Max(body[i + 1] >> 4, body[i + 1] & 15)) : sampling;
                }
            }
            else if (marker == StartOfScan)
            {
                inFirstScan = scans++ == 0 && body.Length > 0 ? body[0] : inFirstScan;
                Cover(body, missing, progressive: frame == 0xC2);
            }

            at += length;
        }

        return new JpegScans
        {
            End = end,
            IsComplete = complete,
            Count = scans,
            UnitSide = 8 * sampling,
            IsBaseline = frame is 0xC0 or 0xC1 && scans == 1 && inFirstScan == missing.Count,
            CoversAll = missing.Values.All(left => left == 0),
        };
    }

    // A scan's body: how many components, their names and tables, then the first and last coefficient; of the latter only progressive files
    // make use, and in others some cameras write nonsense there.
    private static void Cover(ReadOnlySpan<byte> scan, Dictionary<byte, ulong> missing, bool progressive)
    {
        int components = scan.Length == 0 ? 0 : scan[0];
        if (scan.Length < 1 + 2 * components + 3)
        {
            return;
        }

        int first = scan[1 + 2 * components];
        int last = scan[2 + 2 * components];
        ulong covered = progressive ? 0 : ulong.MaxValue;
        for (int i = first; i <= last && i < Coefficients; i++)
        {
            covered |= 1UL << i;
        }

        for (int i = 0; i < components; i++)
        {
            if (missing.TryGetValue(scan[1 + 2 * i], out ulong left))
            {
                missing[scan[1 + 2 * i]] = left & ~covered;
            }
        }
    }
}
