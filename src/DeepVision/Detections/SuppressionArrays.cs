using System.Buffers;
using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>Rented structure-of-arrays memory for one suppression: eleven numbers for each box.</summary>
internal readonly struct SuppressionArrays : IDisposable
{
    private readonly float[] _floats;
    private readonly int[] _integers;
    private readonly ulong[] _keys;
    private readonly int _length;

    public SuppressionArrays(int length)
    {
        _length = length;
        _floats = ArrayPool<float>.Shared.Rent(checked(6 * length));
        _integers = ArrayPool<int>.Shared.Rent(checked(2 * length));
        _keys = ArrayPool<ulong>.Shared.Rent(checked(2 * length));
    }

    public Span<float> X1 => _floats.AsSpan(0, _length);

    public Span<float> Y1 => _floats.AsSpan(_length, _length);

    public Span<float> X2 => _floats.AsSpan(2 * _length, _length);

    public Span<float> Y2 => _floats.AsSpan(3 * _length, _length);

    public Span<float> Areas => _floats.AsSpan(4 * _length, _length);

    public Span<float> Scores => _floats.AsSpan(5 * _length, _length);

    public Span<int> First => _integers.AsSpan(0, _length);

    public Span<int> Second => _integers.AsSpan(_length, _length);

    public Span<ulong> FirstKeys => _keys.AsSpan(0, _length);

    public Span<ulong> SecondKeys => _keys.AsSpan(_length, _length);

    public void Set(int position, Box box, float area)
    {
        X1[position] = box.X1;
        Y1[position] = box.Y1;
        X2[position] = box.X2;
        Y2[position] = box.Y2;
        Areas[position] = area;
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_floats);
        ArrayPool<int>.Shared.Return(_integers);
        ArrayPool<ulong>.Shared.Return(_keys);
    }
}
