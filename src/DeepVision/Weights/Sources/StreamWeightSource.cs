namespace DeepVision.Weights.Sources;

/// <summary>A seekable stream of the caller's, shared by all readers under a lock. It stays the caller's to dispose.</summary>
internal sealed class StreamWeightSource(Stream stream, string name) : WeightSource(name, null, stream.Length, 0)
{
    private readonly Lock _lock = new();
    private bool _disposed;

    public override void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }
    }

    protected override void ReadCore(long offset, Span<byte> destination, string? key)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            stream.Position = offset;
            int read = stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
            if (read < destination.Length)
            {
                throw EndsEarly(offset + read, key);
            }
        }
    }
}
