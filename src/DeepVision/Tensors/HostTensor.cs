using System.Diagnostics;

namespace DeepVision.Tensors;

/// <summary>
/// Dense float32 values in ordinary managed memory, row-major: (N, C, H, W) for images and feature maps. What goes into
/// and comes out of a model. Not thread-safe for writing.
/// </summary>
public sealed class HostTensor
{
    private readonly float[] _values;
    private readonly int _length;

    /// <summary>Creates a tensor of zeros.</summary>
    /// <exception cref="ArgumentException">The shape has more elements than an array can hold.</exception>
    public HostTensor(TensorShape shape)
        : this(shape, new float[CheckedLength(shape)])
    {
    }

    /// <summary>Wraps an array without copying it; the tensor and the array share their elements from then on.</summary>
    /// <exception cref="ArgumentException">The array's length is not the shape's element count.</exception>
    public HostTensor(TensorShape shape, float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != CheckedLength(shape))
        {
            throw new ArgumentException(
                $"A tensor of shape {shape} needs {shape.ElementCount} values; found {values.Length}.", nameof(values));
        }

        Shape = shape;
        _values = values;
        _length = values.Length;
    }

    private HostTensor(float[] atLeast, TensorShape shape, int length)
    {
        Shape = shape;
        _values = atLeast;
        _length = length;
    }

    /// <summary>The extents, outermost first.</summary>
    public TensorShape Shape { get; }

    /// <summary>All values, row-major.</summary>
    public Span<float> Values => _values.AsSpan(0, _length);

    /// <summary>The memory behind <see cref="Values"/>, for callers that need a <see cref="Memory{T}"/> or a pinned handle.</summary>
    public Memory<float> Memory => _values.AsMemory(0, _length);

    /// <summary>The values of one image of a batch.</summary>
    internal Span<float> Item(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Shape.Batch, nameof(index));
        int length = _length / Shape.Batch;
        return _values.AsSpan(index * length, length);
    }

    /// <summary>How many values the array has room for; more than there are where it came from a pool.</summary>
    internal int Capacity => _values.Length;

    /// <summary>Wraps an array that may be longer than the shape needs; its values are what they were.</summary>
    internal static HostTensor Over(float[] atLeast, TensorShape shape)
    {
        int length = CheckedLength(shape);
        Debug.Assert(atLeast.Length >= length, "The array holds the tensor.");
        return new HostTensor(atLeast, shape, length);
    }

    /// <summary>A tensor of another shape in the same array, which holds it.</summary>
    internal HostTensor Reshape(TensorShape shape) => shape == Shape ? this : Over(_values, shape);

    /// <summary>The array itself, for whoever took it from a pool.</summary>
    internal float[] Room => _values;

    private static int CheckedLength(TensorShape shape)
    {
        long count = shape.ElementCount;
        return count <= Array.MaxLength
            ? (int)count
            : throw new ArgumentException(
                $"A tensor of shape {shape} has {count} elements; at most {Array.MaxLength} are supported.", nameof(shape));
    }
}
