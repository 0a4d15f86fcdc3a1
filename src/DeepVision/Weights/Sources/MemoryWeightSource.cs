namespace DeepVision.Weights.Sources;

/// <summary>Bytes in memory: an entry that was small enough to be decompressed as a whole.</summary>
internal sealed class MemoryWeightSource(WeightSource parent, byte[] bytes)
    : WeightSource(parent.FileName, parent.Entry, bytes.Length, null)
{
    protected override void ReadCore(long offset, Span<byte> destination, string? key) =>
        bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);
}
