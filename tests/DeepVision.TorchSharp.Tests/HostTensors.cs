using System.Runtime.InteropServices;
using DeepVision.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch;

/// <summary>Between TorchSharp's tensors and those in managed memory.</summary>
internal static class HostTensors
{
    /// <summary>A copy in CPU memory of libtorch.</summary>
    internal static Tensor ToTorch(this HostTensor tensor)
    {
        Tensor copy = empty([.. tensor.Shape.ToArray().Select(extent => (long)extent)]);
        MemoryMarshal.AsBytes(tensor.Values).CopyTo(copy.bytes);
        return copy;
    }

    /// <summary>A copy in managed memory, as float32.</summary>
    internal static HostTensor ToHost(this Tensor tensor)
    {
        using Tensor floats = tensor.detach().to(ScalarType.Float32).contiguous();
        var copy = new HostTensor(new TensorShape([.. floats.shape.Select(extent => (int)extent)]));
        MemoryMarshal.Cast<byte, float>(floats.bytes).CopyTo(copy.Values);
        return copy;
    }

    /// <summary>Runs a module in evaluation mode without autograd.</summary>
    internal static Dictionary<string, HostTensor> Predict(this DeepVision.Torch.VisionModule module, HostTensor input) =>
        module.Predict(module.Stages[0].Name, input);

    /// <summary>Runs one stage of a module in evaluation mode without autograd.</summary>
    internal static Dictionary<string, HostTensor> Predict(this DeepVision.Torch.VisionModule module, string stage, HostTensor input)
    {
        module.eval();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor tensor = input.ToTorch();
        return (stage == module.Stages[0].Name ? module.call(tensor) : module.RunStage(stage, tensor))
            .ToDictionary(output => output.Key, output => output.Value.ToHost());
    }
}
