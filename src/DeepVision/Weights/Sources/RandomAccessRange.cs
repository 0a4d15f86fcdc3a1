namespace DeepVision.Weights.Sources;

/// <summary>A range of a source that can be read anywhere.</summary>
internal sealed class RandomAccessRange(WeightSource source, long offset, string? key) : WeightRange
{
    private long _offset = offset;

    public override void Read(Span<byte> destination)
    {
        source.Read(_offset, destination, key);
        _offset += destination.Length;
    }
}
