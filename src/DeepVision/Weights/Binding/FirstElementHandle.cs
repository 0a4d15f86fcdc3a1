using DeepVision.Tensors;

namespace DeepVision.Weights;

/// <summary>A single number out of a vector.</summary>
internal sealed class FirstElementHandle(WeightHandle vector) : WeightHandle(vector.Type, new TensorShape())
{
    public override string Origin => vector.Origin;

    protected override void ReadFloatsCore(Span<float> destination)
    {
        float[] values = new float[vector.Shape.ElementCount];
        vector.ReadFloats(values);
        destination[0] = values[0];
    }

    internal override bool TryReadBytes(Span<byte> destination) => vector.Shape.ElementCount == 1 && vector.TryReadBytes(destination);
}
