using DeepVision.Tensors;

namespace DeepVision.Weights;

/// <summary>
/// One tensor that can be read on demand: where its bytes are (a file and an offset, or memory), their type and shape.
/// Reading converts to float32 and lets go; nothing is cached. Handles are immutable and safe to read from many threads.
/// </summary>
public abstract class WeightHandle
{
    /// <summary>Creates a handle.</summary>
    protected WeightHandle(WeightType type, TensorShape shape)
    {
        Type = type;
        Shape = shape;
    }

    /// <summary>The type of the stored elements.</summary>
    public WeightType Type { get; }

    /// <summary>The tensor's extents, outermost first.</summary>
    public TensorShape Shape { get; }

    /// <summary>Where the bytes come from, for messages and reports: a file's path and entry, or "memory".</summary>
    public abstract string Origin { get; }

    /// <summary>Reads all elements in row-major order, converted to float32.</summary>
    /// <param name="destination">Exactly <c>Shape.ElementCount</c> elements.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    /// <exception cref="WeightsException">The bytes cannot be read any more (the file is shorter than it was, or disposed).</exception>
    public void ReadFloats(Span<float> destination)
    {
        if (destination.Length != Shape.ElementCount)
        {
            throw new ArgumentException(
                $"A tensor of shape {Shape} has {Shape.ElementCount} elements; the destination has {destination.Length}.",
                nameof(destination));
        }

        ReadFloatsCore(destination);
    }

    /// <summary>Whether <see cref="ReadSlice"/> takes about a slice's share of the time.</summary>
    internal virtual bool CanSlice => false;

    /// <summary>Reads some elements in row-major order, converted to float32, where <see cref="CanSlice"/>.</summary>
    /// <param name="first">The first element's index.</param>
    /// <param name="destination">As many elements as are wanted.</param>
    internal virtual void ReadSlice(long first, Span<float> destination) =>
        throw new NotSupportedException($"{GetType().Name} is read as a whole.");

    /// <summary>Reads all elements; the length has been checked.</summary>
    protected abstract void ReadFloatsCore(Span<float> destination);

    /// <summary>Reads all elements in row-major order as they are stored, bit by bit, little-endian.</summary>
    /// <param name="destination">Exactly <c>Shape.ElementCount</c> elements of <see cref="Type"/>.</param>
    /// <returns>Whether it did; this kind of handle may have float32 only.</returns>
    internal virtual bool TryReadBytes(Span<byte> destination) => false;

    /// <summary>A handle over float32 values in memory. The values are not copied.</summary>
    public static WeightHandle FromMemory(TensorShape shape, ReadOnlyMemory<float> values) => new MemoryWeightHandle(shape, values);
}
