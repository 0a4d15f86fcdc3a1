using DeepVision.Tensors;

namespace DeepVision.Cpu.Memory;

/// <summary>Outputs of earlier runs that nobody reads any more, for the next ones of the same shapes. Thread-safe.</summary>
internal sealed class OutputPool
{
    // Sets of several shapes are kept where all of them are small: a detector's second stage runs parts of a few shapes in turns.
    private const long SmallBytes = 2 * 1024 * 1024;
    private const int MostSmall = 16;

    private readonly int _capacity;
    private readonly Lock _gate = new();

    // The one that came first is let go first.
    private readonly List<Dictionary<string, HostTensor>> _free = new(MostSmall);
    private long _bytes;

    /// <param name="capacity">How many large sets of outputs are kept: as many as runs do not wait for each other's processors.</param>
    internal OutputPool(int capacity) => _capacity = capacity;

    /// <summary>Lets go of all.</summary>
    internal void Clear()
    {
        lock (_gate)
        {
            _free.Clear();
            _bytes = 0;
        }
    }

    /// <summary>Tensors by name, of the given shapes: used ones, which hold old values, or new ones.</summary>
    /// <param name="names">The outputs' names.</param>
    /// <param name="shapes">Their shapes, in the same order.</param>
    internal Dictionary<string, HostTensor> Rent(IReadOnlyList<string> names, IReadOnlyList<TensorShape> shapes)
    {
        lock (_gate)
        {
            for (int i = _free.Count - 1; i >= 0; i--)
            {
                if (Fits(_free[i], names, shapes))
                {
                    return TakeOut(i);
                }
            }

            // Large ones of another shape are let go: a caller whose images change in size holds the memory of one.
            if (_bytes > SmallBytes)
            {
                TakeOut(0);
            }
        }

        var outputs = new Dictionary<string, HostTensor>(names.Count, StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            outputs.Add(names[i], new HostTensor(shapes[i]));
        }

        return outputs;
    }

    /// <summary>Takes outputs that <see cref="Rent"/> gave.</summary>
    internal void Return(Dictionary<string, HostTensor> outputs)
    {
        lock (_gate)
        {
            _free.Add(outputs);
            _bytes += BytesOf(outputs);
            while (_free.Count > _capacity && (_bytes > SmallBytes || _free.Count > MostSmall))
            {
                TakeOut(0);
            }
        }
    }

    private Dictionary<string, HostTensor> TakeOut(int index)
    {
        Dictionary<string, HostTensor> outputs = _free[index];
        _free.RemoveAt(index);
        _bytes -= BytesOf(outputs);
        return outputs;
    }

    private static long BytesOf(Dictionary<string, HostTensor> outputs)
    {
        long bytes = 0;
        foreach (HostTensor tensor in outputs.Values)
        {
            bytes += sizeof(float) * (long)tensor.Capacity;
        }

        return bytes;
    }

    private static bool Fits(Dictionary<string, HostTensor> outputs, IReadOnlyList<string> names, IReadOnlyList<TensorShape> shapes)
    {
        bool fits = outputs.Count == names.Count;
        for (int i = 0; i < names.Count && fits; i++)
        {
            fits = outputs.TryGetValue(names[i], out HostTensor? tensor) && tensor.Shape == shapes[i];
        }

        return fits;
    }
}
