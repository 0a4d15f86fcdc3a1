using System.Buffers.Binary;
using System.IO.Compression;

namespace DeepVision.FashionScenes;

/// <summary>
/// An array of unsigned bytes in the IDX format of MNIST: two zero bytes, the type (8: unsigned byte), the rank, the sizes
/// as big-endian 32-bit numbers, the values. Gzip-compressed files are recognized by their first two bytes.
/// </summary>
public sealed class IdxFile
{
    /// <summary>The most values that a file can hold: 128 MiB, over twice the largest file of Fashion-MNIST.</summary>
    public const int MaxValues = 128 << 20;

    private const int UnsignedByteType = 8;
    private const int MaxRank = 4;
    private readonly byte[] _values;

    private IdxFile(int[] sizes, byte[] values)
    {
        Sizes = sizes;
        _values = values;
    }

    /// <summary>The array's sizes, outermost first: (count) for labels, (count, rows, columns) for images.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The values in row-major order.</summary>
    public ReadOnlySpan<byte> Values => _values;

    /// <summary>Reads a file, compressed or not.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not IDX of unsigned bytes, is truncated, has bytes left over or is larger than <see cref="MaxValues"/>.</exception>
    public static IdxFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"There is no file '{path}'. Fashion-MNIST comes with Debian's package dataset-fashion-mnist (apt-get install dataset-fashion-mnist).", path);
        }

        using FileStream file = File.OpenRead(path);
        return Read(file, path);
    }

    /// <summary>Reads a seekable stream from its position on, compressed or not; <paramref name="name"/> stands in error messages.</summary>
    /// <exception cref="InvalidDataException">As for <see cref="Read(string)"/>.</exception>
    public static IdxFile Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        Span<byte> start = stackalloc byte[2];
        long origin = stream.Position;
        int found = stream.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        stream.Position = origin;
        if (found < 2 || start[0] != 0x1F || start[1] != 0x8B)
        {
            return Parse(stream, name);
        }

        using var unpacked = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
        return Parse(unpacked, name);
    }

    private static IdxFile Parse(Stream stream, string name)
    {
        Span<byte> header = stackalloc byte[4 + (4 * MaxRank)];
        Fill(stream, header[..4], name, "the first 4 bytes");
        if (header[0] != 0 || header[1] != 0 || header[2] != UnsignedByteType || header[3] is 0 or > MaxRank)
        {
            throw new InvalidDataException(
                $"'{name}' is not an IDX file of unsigned bytes: expected 00 00 08 and a rank of 1 to {MaxRank}, found {Convert.ToHexString(header[..4])}.");
        }

        int rank = header[3];
        Fill(stream, header.Slice(4, 4 * rank), name, "the sizes");
        var sizes = new int[rank];
        long count = 1;
        for (int i = 0; i < rank; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(header[(4 + (4 * i))..]);
            count = size > MaxValues ? long.MaxValue : count * size;
            if (count > MaxValues)
            {
                throw new InvalidDataException($"'{name}' declares more than {MaxValues} values (size {i} is {size}); no file of Fashion-MNIST is that large.");
            }

            sizes[i] = (int)size;
        }

        var values = new byte[count];
        Fill(stream, values, name, $"{count} values");
        if (stream.ReadByte() >= 0)
        {
            throw new InvalidDataException($"'{name}' goes on after its {count} values.");
        }

        return new IdxFile(sizes, values);
    }

    private static void Fill(Stream stream, Span<byte> target, string name, string what)
    {
        int found = stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        if (found < target.Length)
        {
            throw new InvalidDataException($"'{name}' is truncated: {what} expected ({target.Length} bytes), {found} bytes found.");
        }
    }
}
