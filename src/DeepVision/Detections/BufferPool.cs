using System.Collections.Concurrent;

namespace DeepVision.Detections;

/// <summary>Buffers that calls on many threads take and give back. Thread-safe.</summary>
/// <typeparam name="T">The buffers of one call.</typeparam>
internal sealed class BufferPool<T>
    where T : class, new()
{
    private readonly ConcurrentQueue<T> _free = new();

    public T Rent() => _free.TryDequeue(out T? buffers) ? buffers : new T();

    public void Return(T buffers)
    {
        // As many as can be in use at once on this machine; more would only hold memory.
        if (_free.Count < Environment.ProcessorCount)
        {
            _free.Enqueue(buffers);
        }
    }
}
