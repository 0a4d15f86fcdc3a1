using System.Buffers.Binary;
using System.Text;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Containers;

/// <summary>
/// The directory of a zip archive (with zip64), read strictly: everything it says is compared with the local headers and
/// with the file's length, and no two entries may share a byte or a name.
/// </summary>
internal static class ZipDirectory
{
    private const uint EndSignature = 0x06054B50;
    private const uint End64Signature = 0x06064B50;
    private const uint End64LocatorSignature = 0x07064B50;
    private const uint EntrySignature = 0x02014B50;
    private const uint LocalSignature = 0x04034B50;
    private const int EndLength = 22;
    private const int End64Length = 56;
    private const int End64LocatorLength = 20;
    private const int EntryLength = 46;
    private const int LocalLength = 30;
    private const int MaxCommentLength = ushort.MaxValue;

    // The end record's signature; its last bytes may be zeros, and so be taken for padding.
    private const int MinEndBytes = 4;
    private const int MaxPadding = 1 << 20;
    private const long MaxZeros = 1L << 30;
    private const int MaxCandidates = 1000;

    public static Dictionary<string, ZipEntry> Read(WeightSource file, WeightFileOptions options)
    {
        (long start, long length, long count) = FindDirectory(file);
        if (length > options.MaxMetadataBytes)
        {
            throw file.Error($"the zip directory takes {length} bytes; at most {options.MaxMetadataBytes} are read ({nameof(WeightFileOptions)}.{nameof(WeightFileOptions.MaxMetadataBytes)}); raise that limit if you trust the file", start);
        }

        if (count > length / EntryLength)
        {
            throw file.Error($"the zip directory announces {count} entries in {length} bytes", start);
        }

        byte[] directory = new byte[length];
        file.Read(start, directory);
        var entries = new Dictionary<string, ZipEntry>((int)count);
        int at = 0;
        for (long i = 0; i < count; i++)
        {
            ZipEntry entry = ReadEntry(file, directory, start, ref at);
            if (!entries.TryAdd(entry.Name, entry))
            {
                throw file.Error($"the archive has two entries named '{PrintableText.Of(entry.Name)}'", start + at);
            }
        }

        CheckOverlaps(file, entries.Values);
        return entries;
    }

    private static (long Start, long Length, long Count) FindDirectory(WeightSource file)
    {
        if (file.Length < EndLength)
        {
            throw file.Error($"{file.Length} bytes are too few for a zip archive; the file is truncated", 0);
        }

        // Where the format wants it: an end record whose comment reaches to the end of the file.
        int tailLength = (int)Math.Min(file.Length, EndLength + MaxCommentLength);
        byte[] tail = new byte[tailLength];
        file.Read(file.Length - tailLength, tail);
        for (int end = tailLength - EndLength; end >= 0; end--)
        {
            if (U32(tail, end) == EndSignature && end + EndLength + U16(tail, end + 20) == tailLength)
            {
                return ReadEnd(file, file.Length - tailLength + end, tail.AsSpan(end, EndLength));
            }
        }

        return FindBeforePadding(file)
            ?? throw file.Error("the zip archive has no directory at its end; the file is truncated (an incomplete download?)", file.Length);
    }

    // Downloads and block devices leave bytes behind the archive: any number of zeros, and some of anything. As those may hold
    // what looks like an end record, it counts only with a directory right before it.
    private static (long Start, long Length, long Count)? FindBeforePadding(WeightSource file)
    {
        long last = LastNonZero(file);
        int length = (int)Math.Min(last, MaxPadding + EndLength);
        byte[] tail = new byte[length];
        file.Read(last - length, tail);
        int candidates = 0;
        for (int end = length - MinEndBytes; end >= 0 && candidates < MaxCandidates; end--)
        {
            if (U32(tail, end) != EndSignature)
            {
                continue;
            }

            candidates++;
            long at = last - length + end;
            if (file.Length - at < EndLength)
            {
                continue;
            }

            byte[] record = new byte[EndLength];
            file.Read(at, record);
            long start = U32(record, 16);
            long directory = U32(record, 12);
            bool isZip64 = start == uint.MaxValue || directory == uint.MaxValue || U16(record, 10) == ushort.MaxValue;
            bool isDirectory = start + directory == at && StartsWith(file, start, U16(record, 10) == 0 ? EndSignature : EntrySignature);
            if (isDirectory || (at >= End64LocatorLength && StartsWith(file, at - End64LocatorLength, End64LocatorSignature) && (isZip64 || start + directory < at)))
            {
                return ReadEnd(file, at, record);
            }
        }

        return null;
    }

    private static bool StartsWith(WeightSource file, long offset, uint signature)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        if (offset < 0 || offset > file.Length - bytes.Length)
        {
            return false;
        }

        file.Read(offset, bytes);
        return U32(bytes, 0) == signature;
    }

    /// <summary>The length of the file without the zeros at its end; no more than <see cref="MaxZeros"/> of them are passed over.</summary>
    private static long LastNonZero(WeightSource file)
    {
        byte[] block = new byte[64 << 10];
        long end = file.Length;
        while (end > 0 && file.Length - end < MaxZeros)
        {
            int length = (int)Math.Min(block.Length, end);
            file.Read(end - length, block.AsSpan(0, length));
            int last = block.AsSpan(0, length).LastIndexOfAnyExcept((byte)0);
            if (last >= 0)
            {
                return end - length + last + 1;
            }

            end -= length;
        }

        return end;
    }

    private static (long Start, long Length, long Count) ReadEnd(WeightSource file, long endOffset, ReadOnlySpan<byte> record)
    {
        long count = U16(record, 10);
        long length = U32(record, 12);
        long start = U32(record, 16);
        long limit = endOffset;
        if (endOffset >= End64LocatorLength + End64Length)
        {
            Span<byte> locator = stackalloc byte[End64LocatorLength];
            file.Read(endOffset - End64LocatorLength, locator);
            if (U32(locator, 0) == End64LocatorSignature)
            {
                limit = I64(locator, 8);
                Span<byte> end64 = stackalloc byte[End64Length];
                file.Read(limit, end64);
                if (U32(end64, 0) != End64Signature || limit > endOffset - End64LocatorLength - End64Length)
                {
                    throw file.Error("the zip64 record is not where its locator says", limit);
                }

                count = I64(end64, 32);
                length = I64(end64, 40);
                start = I64(end64, 48);
            }
        }

        if (count < 0 || start < 0 || length < 0 || start > limit || length > limit - start)
        {
            throw file.Error($"the zip directory ({count} entries, {length} bytes from byte {start}) does not lie inside the file", endOffset);
        }

        return (start, length, count);
    }

    private static ZipEntry ReadEntry(WeightSource file, byte[] directory, long directoryStart, ref int at)
    {
        int here = at;
        if (directory.Length - here < EntryLength || U32(directory, here) != EntrySignature)
        {
            throw file.Error("the zip directory is damaged: an entry was expected", directoryStart + here);
        }

        int flags = U16(directory, here + 8);
        int method = U16(directory, here + 10);
        long stored = U32(directory, here + 20);
        long length = U32(directory, here + 24);
        int nameLength = U16(directory, here + 28);
        int extraLength = U16(directory, here + 30);
        int commentLength = U16(directory, here + 32);
        long header = U32(directory, here + 42);
        if (nameLength + extraLength + commentLength > directory.Length - here - EntryLength)
        {
            throw file.Error("the zip directory is damaged: an entry reaches beyond its end", directoryStart + here);
        }

        ReadOnlySpan<byte> rawName = directory.AsSpan(here + EntryLength, nameLength);
        string name = Encoding.UTF8.GetString(rawName);
        ReadZip64(directory.AsSpan(here + EntryLength + nameLength, extraLength), ref length, ref stored, ref header);
        at = here + EntryLength + nameLength + extraLength + commentLength;

        string entry = $"zip entry '{PrintableText.Of(name)}'";
        if ((flags & 1) != 0)
        {
            throw file.Error($"{entry} is encrypted", directoryStart + here);
        }

        if (method is not (0 or 8))
        {
            throw file.Error($"{entry} is compressed by method {method}; stored (0) and deflated (8) are read", directoryStart + here);
        }

        Span<byte> local = stackalloc byte[LocalLength];
        if (header < 0 || header > directoryStart - LocalLength)
        {
            throw file.Error($"{entry} is said to start at byte {header}, behind the archive's data", directoryStart + here);
        }

        file.Read(header, local);
        long data = header + LocalLength + U16(local, 26) + U16(local, 28);
        Span<byte> localName = nameLength <= 512 ? stackalloc byte[nameLength] : new byte[nameLength];
        if (U32(local, 0) != LocalSignature || U16(local, 8) != method || U16(local, 26) != nameLength || data > directoryStart)
        {
            throw file.Error($"{entry} does not agree with its local header", header);
        }

        file.Read(header + LocalLength, localName);
        if (!localName.SequenceEqual(rawName))
        {
            throw file.Error($"{entry} has another name in its local header", header);
        }

        if (stored < 0 || length < 0 || stored > directoryStart - data || (method == 0 && stored != length))
        {
            throw file.Error($"{entry} is said to have {stored} bytes ({length} uncompressed), but only {directoryStart - data} are there", directoryStart + here);
        }

        if (method == 8 && length / DeflatedWeightSource.MaxRatio > stored)
        {
            throw file.Error($"{entry} claims to grow from {stored} to {length} bytes, more than deflate can do", directoryStart + here);
        }

        return new ZipEntry(name, method == 8, header, data, stored, length);
    }

    // The zip64 field holds, in this order, those of the three values that are all ones in the entry itself.
    private static void ReadZip64(ReadOnlySpan<byte> extra, ref long length, ref long stored, ref long header)
    {
        while (extra.Length >= 4)
        {
            int id = U16(extra, 0);
            int size = U16(extra, 2);
            if (size > extra.Length - 4)
            {
                break;
            }

            if (id == 1)
            {
                ReadOnlySpan<byte> field = extra.Slice(4, size);
                TakeZip64(ref field, ref length);
                TakeZip64(ref field, ref stored);
                TakeZip64(ref field, ref header);
            }

            extra = extra[(4 + size)..];
        }
    }

    private static void TakeZip64(ref ReadOnlySpan<byte> field, ref long value)
    {
        if (value == uint.MaxValue && field.Length >= sizeof(long))
        {
            value = I64(field, 0);
            field = field[sizeof(long)..];
        }
    }

    private static void CheckOverlaps(WeightSource file, IEnumerable<ZipEntry> entries)
    {
        ZipEntry? before = null;
        foreach (ZipEntry entry in entries.OrderBy(entry => entry.HeaderOffset))
        {
            if (before is not null && before.DataOffset + before.StoredLength > entry.HeaderOffset)
            {
                throw file.Error($"zip entries '{PrintableText.Of(before.Name)}' and '{PrintableText.Of(entry.Name)}' overlap", entry.HeaderOffset);
            }

            before = entry;
        }
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
