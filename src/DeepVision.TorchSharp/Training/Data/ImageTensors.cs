using System.Runtime.InteropServices;
using DeepVision.Tensors;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Data;

/// <summary>Images in managed memory as tensors of libtorch.</summary>
internal static class ImageTensors
{
    /// <summary>A copy (N, C, H, W) on a device; the caller's.</summary>
    public static Tensor Create(HostTensor images, Device device, TrainingMemoryFormat format)
    {
        TensorShape shape = images.Shape;
        MemoryMarshal.TryGetArray(images.Memory, out ArraySegment<float> values);
        Tensor planes = tensor(values.Array!, [shape.Batch, shape.Channels, shape.Height, shape.Width], device: device);
        return format == TrainingMemoryFormat.Contiguous ? planes : ChannelsLast(planes);
    }

    // libtorch sees the format from the strides and goes on in it.
    private static Tensor ChannelsLast(Tensor planes)
    {
        using (planes)
        {
            using Tensor pixels = planes.permute(0, 2, 3, 1);
            using Tensor packed = pixels.contiguous();
            return packed.permute(0, 3, 1, 2);
        }
    }
}
