namespace DeepVision.Weights.Sources;

/// <summary>Bytes of a weight file, or of one entry in it, that can be read at any offset and from many threads.</summary>
internal abstract class WeightSource : IDisposable
{
    protected WeightSource(string fileName, string? entry, long length, long? fileOffset)
    {
        FileName = fileName;
        Entry = entry;
        Length = length;
        FileOffset = fileOffset;
    }

    /// <summary>The file, as messages name it.</summary>
    public string FileName { get; }

    /// <summary>The archive entry that these bytes are, or null for the file itself.</summary>
    public string? Entry { get; }

    public long Length { get; }

    /// <summary>Where byte 0 stands in the file; null for bytes that only exist after decompression.</summary>
    public long? FileOffset { get; }

    /// <summary>False where reading at an offset means decompressing everything before it.</summary>
    public virtual bool IsRandomAccess => true;

    public string Origin => Entry is null ? FileName : $"{FileName}, entry {Entry}";

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/> on.</summary>
    public void Read(long offset, Span<byte> destination, string? key = null)
    {
        CheckRange(offset, destination.Length, key);
        try
        {
            ReadCore(offset, destination, key);
        }
        catch (ObjectDisposedException exception)
        {
            throw Error("the file has been disposed; keep the WeightFile open while its tensors are read", null, key, exception);
        }
    }

    /// <summary>Opens a range to be read once, front to back.</summary>
    public virtual WeightRange OpenRange(long offset, long length, string? key)
    {
        CheckRange(offset, length, key);
        return new RandomAccessRange(this, offset, key);
    }

    public WeightsException Error(string problem, long? offset = null, string? key = null, Exception? inner = null)
    {
        string place = (Entry, offset) switch
        {
            (null, null) => "",
            (null, _) => $" (at byte {offset})",
            (_, null) => $" (entry '{PrintableText.Of(Entry)}')",
            _ => $" (entry '{PrintableText.Of(Entry)}', at byte {offset} of it)",
        };
        string subject = key is null ? "" : $"tensor '{PrintableText.Of(key)}': ";
        return new WeightsException($"{FileName}: {subject}{problem}{place}.", inner)
        {
            FileName = FileName,
            Offset = offset + FileOffset,
            Key = key,
        };
    }

    public virtual void Dispose()
    {
    }

    /// <summary>Reads; the range has been checked against <see cref="Length"/>.</summary>
    protected abstract void ReadCore(long offset, Span<byte> destination, string? key);

    protected WeightsException EndsEarly(long offset, string? key) =>
        Error($"the file ends at byte {offset} but was {Length} bytes long when it was opened; it has been cut or replaced", offset, key);

    protected void CheckRange(long offset, long length, string? key)
    {
        if (offset < 0 || length < 0 || offset > Length || length > Length - offset)
        {
            throw Error($"{length} bytes are expected here, but only {Math.Max(0, Length - Math.Max(0, offset))} are left; the file is truncated or corrupt", offset, key);
        }
    }
}
