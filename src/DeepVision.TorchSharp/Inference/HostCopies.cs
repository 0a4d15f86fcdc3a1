using System.Runtime.InteropServices;
using DeepVision.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Inference;

/// <summary>Copies between managed memory and a device, one for each tensor.</summary>
internal static class HostCopies
{
    /// <summary>A copy on a device.</summary>
    internal static Tensor ToTorch(HostTensor tensor, Device device, ScalarType type)
    {
        Tensor floats = empty([.. tensor.Shape.ToArray().Select(extent => (long)extent)]);
        MemoryMarshal.AsBytes(tensor.Values).CopyTo(floats.bytes);
        if (type != ScalarType.Float32)
        {
            using Tensor wide = floats;
            floats = wide.to(type);
        }

        if (device.type == DeviceType.CPU)
        {
            return floats;
        }

        using Tensor here = floats;
        return here.to(device);
    }

    /// <summary>A copy in managed memory, as float32.</summary>
    internal static HostTensor ToHost(Tensor tensor)
    {
        var copy = new HostTensor(new TensorShape([.. tensor.shape.Select(extent => checked((int)extent))]));
        Read(tensor, copy.Values);
        return copy;
    }

    /// <summary>Copies all elements, row-major, as float32.</summary>
    internal static void Read(Tensor tensor, Span<float> destination)
    {
        // Narrow types cross as they are and grow on this side.
        using Tensor detached = tensor.detach();
        using Tensor here = detached.cpu();
        using Tensor floats = here.to(ScalarType.Float32);
        using Tensor dense = floats.contiguous();
        MemoryMarshal.Cast<byte, float>(dense.bytes).CopyTo(destination);
    }

    /// <summary>Copies all elements, row-major, bit by bit.</summary>
    internal static void ReadBytes(Tensor tensor, Span<byte> destination)
    {
        using Tensor detached = tensor.detach();
        using Tensor here = detached.cpu();
        using Tensor dense = here.contiguous();
        dense.bytes.CopyTo(destination);
    }

    /// <summary>All elements of an int64 tensor.</summary>
    internal static int[] ReadIndices(Tensor tensor)
    {
        using Tensor here = tensor.cpu();
        using Tensor dense = here.contiguous();
        return Array.ConvertAll(MemoryMarshal.Cast<byte, long>(dense.bytes).ToArray(), index => checked((int)index));
    }
}
