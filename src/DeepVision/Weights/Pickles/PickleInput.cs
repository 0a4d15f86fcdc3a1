using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Pickles;

/// <summary>Buffered, bounded reading of a pickle's bytes.</summary>
internal sealed class PickleInput
{
    private const int BufferBytes = 16 << 10;
    private const int MaxLineBytes = 1024;
    private const int MinBlobBytes = 4096;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly WeightSource _source;
    private readonly long _end;

    // Where reading stops; long byte strings that stay in the file move it on.
    private long _limit;
    private readonly byte[] _buffer;
    private long _bufferStart;
    private int _bufferLength;
    private int _bufferIndex;

    public PickleInput(WeightSource source, long maxBytes)
    {
        _source = source;
        _end = source.Length;
        _limit = maxBytes;
        Limit = maxBytes;
        _buffer = new byte[(int)Math.Min(BufferBytes, source.Length)];
    }

    /// <summary>How many bytes may be read.</summary>
    public long Limit { get; }

    /// <summary>Where the next byte stands in the source.</summary>
    public long Position => _bufferStart + _bufferIndex;

    public WeightsException Error(string problem, long offset, Exception? inner = null) => _source.Error(problem, offset, null, inner);

    public byte ReadByte()
    {
        if (_bufferIndex == _bufferLength)
        {
            Fill();
        }

        return _buffer[_bufferIndex++];
    }

    public ushort ReadUInt16()
    {
        Span<byte> bytes = stackalloc byte[2];
        Read(bytes);
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    public int ReadInt32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Read(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    public long ReadInt64()
    {
        Span<byte> bytes = stackalloc byte[8];
        Read(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    public double ReadDoubleBigEndian()
    {
        Span<byte> bytes = stackalloc byte[8];
        Read(bytes);
        return BinaryPrimitives.ReadDoubleBigEndian(bytes);
    }

    /// <summary>Reads a byte string; the length is checked against what is left before anything is allocated.</summary>
    public byte[] ReadBytes(long length)
    {
        long at = Position;
        if (length < 0 || length > _end - at || length > _limit - at)
        {
            throw Error($"a string of {length} bytes is announced, but only {Math.Min(_end, _limit) - at} bytes may follow", at);
        }

        byte[] bytes = new byte[(int)length];
        Read(bytes);
        return bytes;
    }

    /// <summary>Reads a byte string, or passes over a long one, which then stays in the file and does not count as read.</summary>
    public object ReadBlob(long length)
    {
        long at = Position;
        if (length < MinBlobBytes || length > _end - at)
        {
            return ReadBytes(length);
        }

        _limit += length;
        _bufferStart = at + length;
        _bufferLength = 0;
        _bufferIndex = 0;
        return new PickleBlob(_source, at, length);
    }

    public string ReadUtf8(long length)
    {
        long at = Position;
        byte[] bytes = ReadBytes(length);
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            return WithLoneSurrogates(bytes) ?? throw Error("a text is not valid UTF-8", at, exception);
        }
    }

    /// <summary>
    /// UTF-8 in which halves of surrogate pairs stand for themselves: Python writes so what it could not decode, like names of files.
    /// Null where it is not even that.
    /// </summary>
    private static string? WithLoneSurrogates(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed) == OperationStatus.Done)
            {
                text.Append(rune);
            }
            else if (bytes is [0xED, >= 0xA0 and <= 0xBF and var high, >= 0x80 and <= 0xBF and var low, ..])
            {
                text.Append((char)(0xD000 | ((high & 0x3F) << 6) | (low & 0x3F)));
                consumed = 3;
            }
            else
            {
                return null;
            }

            bytes = bytes[consumed..];
        }

        return text.ToString();
    }

    /// <summary>Reads a Python 2 string: UTF-8 where it is, else Latin-1.</summary>
    public string ReadPython2String(long length)
    {
        byte[] bytes = ReadBytes(length);
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    /// <summary>Reads up to a newline, which is taken but not returned.</summary>
    public string ReadLine()
    {
        long at = Position;
        var builder = new StringBuilder();
        for (byte b = ReadByte(); b != (byte)'\n'; b = ReadByte())
        {
            if (builder.Length == MaxLineBytes)
            {
                throw Error($"a line of more than {MaxLineBytes} bytes", at);
            }

            builder.Append((char)b);
        }

        return builder.ToString();
    }

    private void Read(Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            if (_bufferIndex == _bufferLength)
            {
                Fill();
            }

            int count = Math.Min(destination.Length, _bufferLength - _bufferIndex);
            _buffer.AsSpan(_bufferIndex, count).CopyTo(destination);
            _bufferIndex += count;
            destination = destination[count..];
        }
    }

    private void Fill()
    {
        long next = Position;
        if (next >= _end)
        {
            throw Error("the pickle ends in the middle; the file is truncated or corrupt", next);
        }

        if (next >= _limit)
        {
            throw Error($"the description of the tensors takes more than {Limit} bytes ({nameof(WeightFileOptions)}.{nameof(WeightFileOptions.MaxMetadataBytes)}); raise that limit if you trust the file", next);
        }

        int count = (int)Math.Min(_buffer.Length, Math.Min(_end, _limit) - next);
        _source.Read(next, _buffer.AsSpan(0, count));
        _bufferStart = next;
        _bufferLength = count;
        _bufferIndex = 0;
    }
}
