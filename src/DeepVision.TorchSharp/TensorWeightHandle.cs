using DeepVision.Tensors;
using DeepVision.Torch.Inference;
using DeepVision.Weights;
using static TorchSharp.torch;

namespace DeepVision.Torch;

/// <summary>A module's tensor as one to be written.</summary>
internal sealed class TensorWeightHandle(string key, Tensor tensor) : WeightHandle(TypeOf(key, tensor), ShapeOf(tensor))
{
    public override string Origin => $"module tensor '{key}'";

    internal static TensorShape ShapeOf(Tensor tensor) => new([.. tensor.shape.Select(extent => checked((int)extent))]);

    internal static WeightType TypeOf(string key, Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float32 => WeightType.Float32,
        ScalarType.Float64 => WeightType.Float64,
        ScalarType.Float16 => WeightType.Float16,
        ScalarType.BFloat16 => WeightType.BFloat16,
        ScalarType.Int64 => WeightType.Int64,
        ScalarType.Int32 => WeightType.Int32,
        ScalarType.Int16 => WeightType.Int16,
        ScalarType.Int8 => WeightType.Int8,
        ScalarType.Byte => WeightType.UInt8,
        ScalarType.Bool => WeightType.Boolean,
        _ => throw new WeightsException($"'{key}' is of type {tensor.dtype}, which weight files do not hold.") { Key = key },
    };

    internal override bool TryReadBytes(Span<byte> destination)
    {
        HostCopies.ReadBytes(tensor, destination);
        WeightConversion.LittleEndian(Type, destination);
        return true;
    }

    protected override void ReadFloatsCore(Span<float> destination) => HostCopies.Read(tensor, destination);
}
