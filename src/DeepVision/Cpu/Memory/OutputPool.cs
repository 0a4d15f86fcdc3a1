using System.Collections.Concurrent;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Memory;

/// <summary>Outputs of earlier runs that nobody reads any more, for the next ones of the same shapes. Thread-safe.</summary>
internal sealed class OutputPool
{
    private readonly int _capacity;
    private readonly ConcurrentQueue<Dictionary<string, HostTensor>> _free = new();

    /// <param name="capacity">How many sets of outputs are kept: as many as runs do not wait for each other's processors.</param>
    internal OutputPool(int capacity) => _capacity = capacity;

    /// <summary>Lets go of all.</summary>
    internal void Clear() => _free.Clear();

    /// <summary>Tensors by name, of the given shapes: used ones, which hold old values, or new ones.</summary>
    /// <param name="names">The outputs' names.</param>
    /// <param name="shapes">Their shapes, in the same order.</param>
    internal Dictionary<string, HostTensor> Rent(IReadOnlyList<string> names, IReadOnlyList<TensorShape> shapes)
    {
        // Outputs of another shape are let go: a caller whose images change in size holds the memory of one.
        if (_free.TryDequeue(out Dictionary<string, HostTensor>? used) && Fits(used, names, shapes))
        {
            return used;
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
        if (_free.Count < _capacity)
        {
            _free.Enqueue(outputs);
        }
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
