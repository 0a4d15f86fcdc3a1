using DeepVision.Graphs.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Modules;

/// <summary>A convolution whose padding differs between opposite sides, which Conv2d does not have.</summary>
internal sealed class PaddedConvolution : nn.Module<Tensor, Tensor>
{
    private readonly Convolution _convolution;

    internal PaddedConvolution(Convolution convolution, int channels)
        : base(nameof(PaddedConvolution))
    {
        _convolution = convolution;
        (int height, int width) = (convolution.Kernel.Height, convolution.Kernel.Width);
        register_parameter("weight", nn.Parameter(zeros(convolution.OutChannels, channels / convolution.Groups, height, width)));
        if (convolution.HasBias)
        {
            register_parameter("bias", nn.Parameter(zeros(convolution.OutChannels)));
        }
    }

    public override Tensor forward(Tensor input)
    {
        Graphs.Padding2D padding = _convolution.Padding;
        using Tensor padded = nn.functional.pad(input, [padding.Left, padding.Right, (long)padding.Top, padding.Bottom]);
        return nn.functional.conv2d(
            padded,
            get_parameter("weight")!,
            get_parameter("bias"),
            strides: [_convolution.Stride.Height, _convolution.Stride.Width],
            dilation: [_convolution.Dilation.Height, _convolution.Dilation.Width],
            groups: _convolution.Groups);
    }
}
