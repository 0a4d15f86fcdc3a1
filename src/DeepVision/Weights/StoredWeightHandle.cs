using System.Buffers;
using System.Runtime.InteropServices;
using DeepVision.Tensors;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights;

/// <summary>A tensor in a file: a view, with strides, of a stretch of its bytes.</summary>
internal sealed class StoredWeightHandle : WeightHandle
{
    private const int ChunkBytes = 64 << 10;
    private const long MaxGatherBytes = 256L << 20;

    // A view whose elements lie further apart than this is read piece by piece instead of with everything between them.
    private const long MaxGatherSpread = 16;

    private readonly WeightSource _source;
    private readonly long _start;
    private readonly long[]? _strides;
    private readonly string _key;

    /// <summary>Creates a handle; the caller has proved that the view lies inside the source.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="start">Where the view's first element starts, in bytes.</param>
    /// <param name="type">The stored type.</param>
    /// <param name="shape">The extents.</param>
    /// <param name="strides">One a dimension, in elements; null for row-major without gaps.</param>
    /// <param name="key">The tensor's name, for messages.</param>
    public StoredWeightHandle(WeightSource source, long start, WeightType type, TensorShape shape, long[]? strides, string key)
        : base(type, shape)
    {
        _source = source;
        _start = start;
        _strides = strides is null || IsRowMajor(shape, strides) ? null : strides;
        _key = key;
    }

    public override string Origin => _source.Origin;

    internal override bool TryReadBytes(Span<byte> destination)
    {
        if (destination.IsEmpty)
        {
            return true;
        }

        if (_strides is null)
        {
            using WeightRange range = _source.OpenRange(_start, destination.Length, _key);
            range.Read(destination);
        }
        else
        {
            Gather(0, _start, destination);
        }

        return true;
    }

    protected override void ReadFloatsCore(Span<float> destination)
    {
        if (destination.IsEmpty)
        {
            return;
        }

        int size = Type.SizeInBytes();
        if (_strides is not null)
        {
            if (destination.Length > Array.MaxLength / size)
            {
                throw _source.Error("a tensor of more than 2 GB is only read where it is contiguous; save it with .contiguous()", null, _key);
            }

            byte[] elements = ArrayPool<byte>.Shared.Rent(destination.Length * size);
            try
            {
                Span<byte> gathered = elements.AsSpan(0, destination.Length * size);
                Gather(0, _start, gathered);
                WeightConversion.ToFloats(Type, gathered, destination);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(elements);
            }

            return;
        }

        ReadRange(_start, destination);
    }

    internal override bool CanSlice => _strides is null && _source.IsRandomAccess;

    internal override void ReadSlice(long first, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + destination.Length, Shape.ElementCount, nameof(first));
        if (!destination.IsEmpty)
        {
            ReadRange(_start + (first * Type.SizeInBytes()), destination);
        }
    }

    /// <summary>Reads elements that lie one behind the other.</summary>
    private void ReadRange(long start, Span<float> destination)
    {
        int size = Type.SizeInBytes();
        using WeightRange range = _source.OpenRange(start, (long)destination.Length * size, _key);
        if (Type == WeightType.Float32)
        {
            for (int at = 0; at < destination.Length; at += Array.MaxLength / sizeof(float))
            {
                Span<float> part = destination.Slice(at, Math.Min(destination.Length - at, Array.MaxLength / sizeof(float)));
                range.Read(MemoryMarshal.AsBytes(part));
                WeightConversion.LittleEndian(Type, MemoryMarshal.AsBytes(part));
            }

            return;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(ChunkBytes, (long)destination.Length * size));
        try
        {
            int step = buffer.Length / size;
            for (int at = 0; at < destination.Length; at += step)
            {
                int count = Math.Min(step, destination.Length - at);
                Span<byte> chunk = buffer.AsSpan(0, count * size);
                range.Read(chunk);
                WeightConversion.ToFloats(Type, chunk, destination.Slice(at, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads the part of the view that the dimensions from <paramref name="dimension"/> on span.</summary>
    private void Gather(int dimension, long start, Span<byte> destination)
    {
        int size = Type.SizeInBytes();
        long spanned = 1;
        for (int i = dimension; i < Shape.Rank; i++)
        {
            spanned += (Shape[i] - 1) * _strides![i];
        }

        long count = destination.Length / size;
        bool isDense = spanned / count <= MaxGatherSpread && spanned <= MaxGatherBytes / size;
        if (!isDense && !_source.IsRandomAccess)
        {
            throw _source.Error(
                $"a view that skips most of a compressed storage ({count} of {spanned} elements) is not read; save the tensor with .contiguous()",
                null, _key);
        }

        if (isDense)
        {
            byte[] storage = ArrayPool<byte>.Shared.Rent((int)(spanned * size));
            try
            {
                using WeightRange range = _source.OpenRange(start, spanned * size, _key);
                Span<byte> read = storage.AsSpan(0, (int)(spanned * size));
                range.Read(read);
                Pick(dimension, read, destination);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(storage);
            }

            return;
        }

        int part = destination.Length / Shape[dimension];
        for (int i = 0; i < Shape[dimension]; i++)
        {
            Gather(dimension + 1, start + i * _strides![dimension] * size, destination.Slice(i * part, part));
        }
    }

    private void Pick(int dimension, ReadOnlySpan<byte> storage, Span<byte> destination)
    {
        switch (Type.SizeInBytes())
        {
            case 1:
                Pick<byte>(dimension, storage, destination);
                break;
            case 2:
                Pick<ushort>(dimension, storage, destination);
                break;
            case 4:
                Pick<uint>(dimension, storage, destination);
                break;
            default:
                Pick<ulong>(dimension, storage, destination);
                break;
        }
    }

    private void Pick<T>(int dimension, ReadOnlySpan<byte> storage, Span<byte> destination)
        where T : unmanaged
    {
        ReadOnlySpan<T> from = MemoryMarshal.Cast<byte, T>(storage);
        Span<T> to = MemoryMarshal.Cast<byte, T>(destination);
        Span<int> index = stackalloc int[TensorShape.MaxRank];
        index.Clear();
        int last = Shape.Rank - 1;
        int extent = dimension <= last ? Shape[last] : 1;
        int stride = dimension <= last ? (int)_strides![last] : 0;
        int at = 0;
        for (int written = 0; written < to.Length; written += extent)
        {
            for (int i = 0; i < extent; i++)
            {
                to[written + i] = from[at + i * stride];
            }

            for (int d = last - 1; d >= dimension; d--)
            {
                at += (int)_strides![d];
                if (++index[d] < Shape[d])
                {
                    break;
                }

                at -= (int)(_strides[d] * Shape[d]);
                index[d] = 0;
            }
        }
    }

    private static bool IsRowMajor(TensorShape shape, long[] strides)
    {
        long expected = 1;
        for (int i = shape.Rank - 1; i >= 0; i--)
        {
            if (shape[i] != 1 && strides[i] != expected)
            {
                return false;
            }

            expected *= shape[i];
        }

        return true;
    }
}
