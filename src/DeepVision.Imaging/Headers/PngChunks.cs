using System.Buffers.Binary;

namespace DeepVision.Imaging.Headers;

/// <summary>Walks a PNG file's chunks without reading what is in them; never looks beyond the file.</summary>
internal ref struct PngChunks(ReadOnlySpan<byte> file)
{
    private readonly ReadOnlySpan<byte> _file = file;
    private int _next = 8;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Four letters.</summary>
    public ReadOnlySpan<byte> Type { get; private set; }

    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>Length, type, body and checksum.</summary>
    public ReadOnlySpan<byte> Whole { get; private set; }

    /// <summary>Where the current chunk begins.</summary>
    public int Offset { get; private set; }

    /// <summary>Goes to the next chunk; false where the file ends, be it within a chunk.</summary>
    public bool MoveNext()
    {
        if (_file.Length - _next < 12)
        {
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(_file[_next..]);
        if (length > (uint)(_file.Length - _next - 12))
        {
            return false;
        }

        Offset = _next;
        Whole = _file.Slice(_next, (int)length + 12);
        Type = Whole.Slice(4, 4);
        Body = Whole.Slice(8, (int)length);
        _next += Whole.Length;
        return true;
    }
}
