using System.Runtime.InteropServices;
using DeepVision.Tensors;
using DeepVision.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Checkpoints;

/// <summary>A tensor of a run, to be written: float32, or whole numbers that float32 holds exactly.</summary>
internal sealed class CheckpointTensor(Tensor tensor)
    : WeightHandle(TypeOf(tensor), new TensorShape([.. tensor.shape.Select(extent => checked((int)extent))]))
{
    public override string Origin => "memory of the training run";

    /// <summary>Writes values into a tensor of the same shape.</summary>
    internal static void Load(WeightHandle from, Tensor into)
    {
        var values = new float[from.Shape.ElementCount];
        from.ReadFloats(values);
        using IDisposable noGrad = no_grad();
        using Tensor source = torch.tensor(values).reshape(into.shape);
        into.copy_(source);
    }

    protected override void ReadFloatsCore(Span<float> destination)
    {
        using Tensor floats = tensor.detach().to(ScalarType.Float32);
        using Tensor host = floats.cpu();
        using Tensor packed = host.contiguous();
        MemoryMarshal.Cast<byte, float>(packed.bytes).CopyTo(destination);
    }

    private static WeightType TypeOf(Tensor tensor) => tensor.is_floating_point() ? WeightType.Float32 : WeightType.Int64;
}
