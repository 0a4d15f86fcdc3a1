using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor on the CPU as .NET values, in row-major order whatever the strides. It keeps the tensor's memory alive.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor _tensor;
    private readonly T* _data;
    private readonly bool _contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        _tensor = tensor;
        _data = (T*)tensor.Data();
        _contiguous = tensor.is_contiguous();
        Count = tensor.NumberOfElements;
    }

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>Always false.</summary>
    public bool IsReadOnly => false;

    /// <summary>An element: by its position in row-major order (one index), or by one index a dimension.</summary>
    /// <exception cref="IndexOutOfRangeException">An index lies outside.</exception>
    public T this[params long[] indices]
    {
        get
        {
            T value = _data[OffsetOf(indices)];
            GC.KeepAlive(_tensor);
            return value;
        }

        set
        {
            _data[OffsetOf(indices)] = value;
            GC.KeepAlive(_tensor);
        }
    }

    /// <summary>The elements in a new array, in row-major order.</summary>
    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array.AsSpan());
        return array;
    }

    /// <summary>Copies elements from <paramref name="tensorIndex"/> on to an array from <paramref name="arrayIndex"/> on, as many as there are and fit.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies elements from <paramref name="tensorIndex"/> on to a span from <paramref name="arrayIndex"/> on, as many as there are and fit.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        Span<T> target = array[arrayIndex..];
        int count = (int)Math.Min(target.Length, Count - tensorIndex);
        if (_contiguous)
        {
            new ReadOnlySpan<T>(_data + tensorIndex, count).CopyTo(target);
        }
        else
        {
            int at = 0;
            foreach (long offset in Offsets(tensorIndex, count))
            {
                target[at++] = _data[offset];
            }
        }

        GC.KeepAlive(_tensor);
    }

    /// <summary>Overwrites elements from <paramref name="tensorIndex"/> on with those of an array from <paramref name="arrayIndex"/> on, as many as there are and fit.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <summary>Overwrites elements from <paramref name="tensorIndex"/> on with those of a span from <paramref name="arrayIndex"/> on, as many as there are and fit.</summary>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        ReadOnlySpan<T> source = array[arrayIndex..];
        int count = (int)Math.Min(source.Length, Count - tensorIndex);
        if (_contiguous)
        {
            source[..count].CopyTo(new Span<T>(_data + tensorIndex, count));
        }
        else
        {
            int at = 0;
            foreach (long offset in Offsets(tensorIndex, count))
            {
                _data[offset] = source[at++];
            }
        }

        GC.KeepAlive(_tensor);
    }

    /// <summary>The elements one after another, in row-major order.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        for (long index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Nothing to do: the memory goes with the tensor.</summary>
    public void Dispose() => GC.KeepAlive(_tensor);

    private long OffsetOf(long[] indices)
    {
        if (indices.Length == 1)
        {
            long index = indices[0];
            if (index < 0 || index >= Count)
            {
                throw new IndexOutOfRangeException($"The index {index} lies outside of {Count} elements.");
            }

            return _contiguous ? index : OffsetOf(index, _tensor.shape, _tensor.stride());
        }

        long[] shape = _tensor.shape;
        long[] strides = _tensor.stride();
        if (indices.Length != shape.Length)
        {
            throw new IndexOutOfRangeException($"{indices.Length} indices were given for a tensor of {shape.Length} dimensions.");
        }

        long offset = 0;
        for (int d = 0; d < shape.Length; d++)
        {
            if (indices[d] < 0 || indices[d] >= shape[d])
            {
                throw new IndexOutOfRangeException($"The index {indices[d]} lies outside of dimension {d}, whose size is {shape[d]}.");
            }

            offset += indices[d] * strides[d];
        }

        return offset;
    }

    private static long OffsetOf(long index, long[] shape, long[] strides)
    {
        long offset = 0;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            (index, long position) = Math.DivRem(index, shape[d]);
            offset += position * strides[d];
        }

        return offset;
    }

    private IEnumerable<long> Offsets(long start, int count)
    {
        long[] shape = _tensor.shape;
        long[] strides = _tensor.stride();
        for (long index = start; index < start + count; index++)
        {
            yield return OffsetOf(index, shape, strides);
        }
    }
}
