using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>The arithmetic that convolutions and pools share: how many places a window takes along an axis.</summary>
internal static class SlidingWindow
{
    internal static TensorShape Infer(
        TensorShape input, int channels, Size2D kernel, Size2D stride, Padding2D padding, Size2D dilation, bool ceiling)
    {
        int height = Places(input.Height, kernel.Height, stride.Height, padding.Top, padding.Bottom, dilation.Height, ceiling, "high", input);
        int width = Places(input.Width, kernel.Width, stride.Width, padding.Left, padding.Right, dilation.Width, ceiling, "wide", input);
        return new TensorShape(input.Batch, channels, height, width);
    }

    internal static void Validate(Size2D kernel, Size2D stride, Padding2D padding, Size2D dilation)
    {
        if (kernel.Height < 1 || kernel.Width < 1 || stride.Height < 1 || stride.Width < 1 || dilation.Height < 1 || dilation.Width < 1
            || padding.Top < 0 || padding.Left < 0 || padding.Bottom < 0 || padding.Right < 0)
        {
            throw new ModelBuildException(
                $"expected kernel, stride and dilation of at least 1 and padding of at least 0; "
                + $"found kernel {kernel}, stride {stride}, dilation {dilation}, padding {padding}.");
        }
    }

    private static int Places(
        int extent, int kernel, int stride, int before, int after, int dilation, bool ceiling, string axis, TensorShape input)
    {
        long span = (dilation * (long)(kernel - 1)) + 1;
        long room = (long)extent + before + after - span;
        if (extent < 1 || room < 0)
        {
            throw new ModelBuildException(
                $"an input of shape {input} is too small: the window is {span} {axis}, the padded map {(long)extent + before + after}.");
        }

        long places = ((room + (ceiling ? stride - 1 : 0)) / stride) + 1;

        // PyTorch's rule: with ceiling, the last window must start inside the map or its leading padding.
        if (ceiling && (places - 1) * stride >= (long)extent + before)
        {
            places--;
        }

        return checked((int)places);
    }
}
