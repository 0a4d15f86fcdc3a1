using DeepVision.Tensors;

namespace DeepVision.Weights;

/// <summary>Float32 values in memory.</summary>
internal sealed class MemoryWeightHandle : WeightHandle
{
    private readonly ReadOnlyMemory<float> _values;

    internal MemoryWeightHandle(TensorShape shape, ReadOnlyMemory<float> values)
        : base(WeightType.Float32, shape)
    {
        if (values.Length != shape.ElementCount)
        {
            throw new ArgumentException(
                $"A tensor of shape {shape} has {shape.ElementCount} elements; found {values.Length}.", nameof(values));
        }

        _values = values;
    }

    public override string Origin => "memory";

    protected override void ReadFloatsCore(Span<float> destination) => _values.Span.CopyTo(destination);

    internal override bool CanSlice => true;

    internal override void ReadSlice(long first, Span<float> destination) =>
        _values.Span.Slice(checked((int)first), destination.Length).CopyTo(destination);
}
