namespace DeepVision.Weights.Sources;

/// <summary>An uncompressed entry: a stretch of the file under a name of its own.</summary>
internal sealed class SliceWeightSource(WeightSource parent, string entry, long start, long length)
    : WeightSource(parent.FileName, entry, length, parent.FileOffset + start)
{
    protected override void ReadCore(long offset, Span<byte> destination, string? key) => parent.Read(start + offset, destination, key);
}
