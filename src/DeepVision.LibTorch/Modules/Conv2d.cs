using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A convolution over images: (N, C, H, W) or (C, H, W).</summary>
public sealed class Conv2d : Convolution
{
    private static readonly long[] NoPadding = [0, 0];

    internal Conv2d(
        long in_channels, long out_channels, (long, long) kernel_size, (long, long) stride, (long, long)? padding, Padding? padding_type,
        (long, long) dilation, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(
            nameof(Conv2d), in_channels, out_channels, Array(kernel_size), Array(stride), padding is { } sides ? Array(sides) : null,
            padding_type, Array(dilation), groups, bias, padding_mode, device, dtype)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        if (padding_mode != PaddingModes.Zeros)
        {
            using var padded = nn.functional.pad(input, ReversedPadding, padding_mode);
            return nn.functional.conv2d(padded, weight, bias, stride, NoPadding, dilation, groups);
        }

        return padding_type is { } type
            ? nn.functional.conv2d_padding(input, weight, bias, stride, type, dilation, groups)
            : nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
    }

    private static long[] Array((long, long) pair) => [pair.Item1, pair.Item2];
}
