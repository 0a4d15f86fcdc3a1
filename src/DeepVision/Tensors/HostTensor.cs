namespace DeepVision.Tensors;

/// <summary>
/// Dense float32 values in ordinary managed memory, row-major: (N, C, H, W) for images and feature maps. What goes into
/// and comes out of a model. Not thread-safe for writing.
/// </summary>
public sealed class HostTensor
{
    private readonly float[] _values;

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
    }

    /// <summary>The extents, outermost first.</summary>
    public TensorShape Shape { get; }

    /// <summary>All values, row-major.</summary>
    public Span<float> Values => _values;

    /// <summary>The array behind <see cref="Values"/>, for callers that need a <see cref="Memory{T}"/> or a pinned handle.</summary>
    public Memory<float> Memory => _values;

    /// <summary>The values of one image of a batch.</summary>
    internal Span<float> Item(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Shape.Batch, nameof(index));
        int length = _values.Length / Shape.Batch;
        return _values.AsSpan(index * length, length);
    }

    private static int CheckedLength(TensorShape shape)
    {
        long count = shape.ElementCount;
        return count <= Array.MaxLength
            ? (int)count
            : throw new ArgumentException(
                $"A tensor of shape {shape} has {count} elements; at most {Array.MaxLength} are supported.", nameof(shape));
    }
}
