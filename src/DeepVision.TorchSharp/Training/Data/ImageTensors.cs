using DeepVision.Tensors;
using DeepVision.Torch.Inference;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Data;

/// <summary>Images in managed memory as tensors of libtorch.</summary>
internal static class ImageTensors
{
    /// <summary>A copy (N, C, H, W) on a device; the caller's.</summary>
    public static Tensor Create(HostTensor images, Device device, TorchMemoryFormat format)
    {
        Tensor planes = HostCopies.ToTorch(images, device, ScalarType.Float32);
        if (format == TorchMemoryFormat.Contiguous)
        {
            return planes;
        }

        using (planes)
        {
            return ChannelsLast.Of(planes);
        }
    }
}
