using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What layers compute, as functions.</summary>
        public static partial class functional
        {
            private static readonly long[] One = [1];
            private static readonly long[] Zero = [0];

            /// <summary>A convolution over images.</summary>
            /// <param name="input">(N, C, H, W) or (C, H, W).</param>
            /// <param name="weight">(out channels, C / groups, kernel height, kernel width).</param>
            /// <param name="bias">(out channels), or null.</param>
            /// <param name="strides">The step along each axis; 1 by default. One value stands for both axes.</param>
            /// <param name="padding">The zeros on both sides of each axis; 0 by default.</param>
            /// <param name="dilation">The distance between taps along each axis; 1 by default.</param>
            /// <param name="groups">The groups into which the channels are split.</param>
            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                long groups = 1)
            {
                strides ??= One;
                padding ??= Zero;
                dilation ??= One;
                return Tensor.Result(
                    Native.dv_nn_conv2d(
                        input.Handle, weight.Handle, Tensor.HandleOf(bias), strides, strides.Length, padding, padding.Length, dilation,
                        dilation.Length, groups),
                    input, weight, bias);
            }

            /// <summary>A convolution over images, padded by effect.</summary>
            /// <param name="input">(N, C, H, W) or (C, H, W).</param>
            /// <param name="weight">(out channels, C / groups, kernel height, kernel width).</param>
            /// <param name="bias">(out channels), or null.</param>
            /// <param name="strides">The step along each axis; 1 by default.</param>
            /// <param name="padding">No padding, or as much as keeps the size at stride 1.</param>
            /// <param name="dilation">The distance between taps along each axis; 1 by default.</param>
            /// <param name="groups">The groups into which the channels are split.</param>
            public static Tensor conv2d_padding(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid,
                long[]? dilation = null, long groups = 1)
            {
                strides ??= One;
                dilation ??= One;
                return Tensor.Result(
                    Native.dv_nn_conv2d_padding(
                        input.Handle, weight.Handle, Tensor.HandleOf(bias), strides, strides.Length, Tensor.Byte(padding == Padding.Same),
                        dilation, dilation.Length, groups),
                    input, weight, bias);
            }

            /// <summary>A fully connected layer over the last axis.</summary>
            /// <param name="input">(..., in features).</param>
            /// <param name="weights">(out features, in features).</param>
            /// <param name="bias">(out features), or null.</param>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                Tensor.Result(Native.dv_nn_linear(input.Handle, weights.Handle, Tensor.HandleOf(bias)), input, weights, bias);
        }
    }
}
