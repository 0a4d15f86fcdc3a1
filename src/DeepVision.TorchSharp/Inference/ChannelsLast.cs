using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepVision.Torch.Inference;

/// <summary>Tensors (N, C, H, W) whose channels lie next to each other. libtorch sees it from the strides and goes on in it.</summary>
internal static class ChannelsLast
{
    /// <summary>A copy in this format.</summary>
    internal static Tensor Of(Tensor tensor)
    {
        using Tensor pixels = tensor.permute(0, 2, 3, 1);
        using Tensor packed = pixels.contiguous();
        return packed.permute(0, 3, 1, 2);
    }

    /// <summary>Lays out the weights of all convolutions in this format; they can no longer be trained.</summary>
    internal static void Apply(nn.Module module)
    {
        using var noGrad = no_grad();
        foreach (Conv2d convolution in module.modules().OfType<Conv2d>())
        {
            convolution.weight = nn.Parameter(Of(convolution.weight), requires_grad: false);
        }
    }
}
