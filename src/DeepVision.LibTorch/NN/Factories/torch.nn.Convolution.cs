using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    // Convolution and fully connected layers.
    public static partial class nn
    {
        /// <summary>A convolution over images with a square kernel.</summary>
        /// <param name="in_channels">The input's channels.</param>
        /// <param name="out_channels">The output's channels.</param>
        /// <param name="kernel_size">The kernel's side.</param>
        /// <param name="stride">The step.</param>
        /// <param name="padding">The padding on every side.</param>
        /// <param name="dilation">The distance between taps.</param>
        /// <param name="padding_mode">What the padding is filled with.</param>
        /// <param name="groups">The groups into which the channels are split.</param>
        /// <param name="bias">Whether there is a bias.</param>
        /// <param name="device">Where the parameters are; null for the default.</param>
        /// <param name="dtype">Their dtype; null for the default.</param>
        public static Conv2d Conv2d(
            long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
            PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
            ScalarType? dtype = null) =>
            new(
                in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), null, (dilation, dilation),
                groups, bias, padding_mode, device, dtype);

        /// <summary>A convolution over images.</summary>
        /// <param name="in_channels">The input's channels.</param>
        /// <param name="out_channels">The output's channels.</param>
        /// <param name="kernel_size">The kernel's height and width.</param>
        /// <param name="stride">The step down and across; 1 by default.</param>
        /// <param name="padding">The padding above and below, and on the left and right; 0 by default.</param>
        /// <param name="dilation">The distance between taps down and across; 1 by default.</param>
        /// <param name="padding_mode">What the padding is filled with.</param>
        /// <param name="groups">The groups into which the channels are split.</param>
        /// <param name="bias">Whether there is a bias.</param>
        /// <param name="device">Where the parameters are; null for the default.</param>
        /// <param name="dtype">Their dtype; null for the default.</param>
        public static Conv2d Conv2d(
            long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
            (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
            Device? device = null, ScalarType? dtype = null) =>
            new(
                in_channels, out_channels, kernel_size, stride ?? (1, 1), padding ?? (0, 0), null, dilation ?? (1, 1), groups, bias,
                padding_mode, device, dtype);

        /// <summary>A convolution over images with a square kernel, padded by effect.</summary>
        /// <param name="in_channels">The input's channels.</param>
        /// <param name="out_channels">The output's channels.</param>
        /// <param name="kernel_size">The kernel's side.</param>
        /// <param name="padding">No padding, or as much as keeps the size (at stride 1 only).</param>
        /// <param name="stride">The step.</param>
        /// <param name="dilation">The distance between taps.</param>
        /// <param name="padding_mode">What the padding is filled with.</param>
        /// <param name="groups">The groups into which the channels are split.</param>
        /// <param name="bias">Whether there is a bias.</param>
        /// <param name="device">Where the parameters are; null for the default.</param>
        /// <param name="dtype">Their dtype; null for the default.</param>
        public static Conv2d Conv2d(
            long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
            PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
            ScalarType? dtype = null) =>
            new(
                in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), null, padding, (dilation, dilation), groups, bias,
                padding_mode, device, dtype);

        /// <summary>A convolution over images, padded by effect.</summary>
        /// <param name="in_channels">The input's channels.</param>
        /// <param name="out_channels">The output's channels.</param>
        /// <param name="kernel_size">The kernel's height and width.</param>
        /// <param name="padding">No padding, or as much as keeps the size (at stride 1 only).</param>
        /// <param name="stride">The step down and across; 1 by default.</param>
        /// <param name="dilation">The distance between taps down and across; 1 by default.</param>
        /// <param name="padding_mode">What the padding is filled with.</param>
        /// <param name="groups">The groups into which the channels are split.</param>
        /// <param name="bias">Whether there is a bias.</param>
        /// <param name="device">Where the parameters are; null for the default.</param>
        /// <param name="dtype">Their dtype; null for the default.</param>
        public static Conv2d Conv2d(
            long in_channels, long out_channels, (long, long) kernel_size, Padding padding, (long, long)? stride = null,
            (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
            Device? device = null, ScalarType? dtype = null) =>
            new(
                in_channels, out_channels, kernel_size, stride ?? (1, 1), null, padding, dilation ?? (1, 1), groups, bias, padding_mode,
                device, dtype);

        /// <summary>A fully connected layer over the last axis.</summary>
        /// <param name="inputSize">The input's length.</param>
        /// <param name="outputSize">The output's length.</param>
        /// <param name="hasBias">Whether there is a bias.</param>
        /// <param name="device">Where the parameters are; null for the default.</param>
        /// <param name="dtype">Their dtype; null for the default.</param>
        public static Linear Linear(
            long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
            new(inputSize, outputSize, hasBias, device, dtype);

        /// <summary>A fully connected layer of given parameters.</summary>
        /// <param name="weight">The factors, (out, in).</param>
        /// <param name="bias">The summands, (out), or null.</param>
        public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);
    }
}
