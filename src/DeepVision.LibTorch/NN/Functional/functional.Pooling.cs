using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Pools over images.
        public static partial class functional
        {
            /// <summary>The largest value of each window.</summary>
            /// <param name="input">(N, C, H, W) or (C, H, W).</param>
            /// <param name="kernel_size">The window's extent along each axis.</param>
            /// <param name="strides">The step along each axis; the window's extent by default.</param>
            /// <param name="padding">The padding on both sides of each axis, which never wins; 0 by default.</param>
            /// <param name="dilation">The distance between the window's values; 1 by default.</param>
            /// <param name="ceil_mode">Whether a window that stands out beyond the edge counts.</param>
            public static Tensor max_pool2d(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false)
            {
                strides ??= kernel_size;
                padding ??= Zero;
                dilation ??= One;
                return Tensor.Result(
                    Native.dv_nn_max_pool2d(
                        input.Handle, kernel_size, kernel_size.Length, strides, strides.Length, padding, padding.Length, dilation,
                        dilation.Length, Tensor.Byte(ceil_mode)),
                    input);
            }

            /// <summary>The largest value of each square window.</summary>
            /// <param name="input">(N, C, H, W) or (C, H, W).</param>
            /// <param name="kernel_size">The window's side.</param>
            /// <param name="stride">The step; the window's side by default.</param>
            /// <param name="padding">The padding on every side, which never wins; 0 by default.</param>
            /// <param name="dilation">The distance between the window's values; 1 by default.</param>
            /// <param name="ceil_mode">Whether a window that stands out beyond the edge counts.</param>
            public static Tensor max_pool2d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, [kernel_size], [stride ?? kernel_size], [padding ?? 0], [dilation ?? 1], ceil_mode);

            /// <summary>The largest value of each window.</summary>
            /// <param name="input">(N, C, H, W) or (C, H, W).</param>
            /// <param name="kernel_size">The window's height and width.</param>
            /// <param name="stride">The step down and across; the window's extent by default.</param>
            /// <param name="padding">The padding on both sides of each axis, which never wins; 0 by default.</param>
            /// <param name="dilation">The distance between the window's values; 1 by default.</param>
            /// <param name="ceil_mode">Whether a window that stands out beyond the edge counts.</param>
            public static Tensor max_pool2d(
                Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, bool ceil_mode = false) =>
                max_pool2d(
                    input, Pair(kernel_size), Pair(stride ?? kernel_size), Pair(padding ?? (0, 0)), Pair(dilation ?? (1, 1)), ceil_mode);

            /// <summary>The largest value of each window, and where it stands in its channel's plane.</summary>
            /// <param name="input">(N, C, H, W) or (C, H, W).</param>
            /// <param name="kernel_size">The window's extent along each axis.</param>
            /// <param name="strides">The step along each axis; the window's extent by default.</param>
            /// <param name="padding">The padding on both sides of each axis, which never wins; 0 by default.</param>
            /// <param name="dilation">The distance between the window's values; 1 by default.</param>
            /// <param name="ceil_mode">Whether a window that stands out beyond the edge counts.</param>
            public static unsafe (Tensor output, Tensor indices) max_pool2d_with_indices(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false)
            {
                strides ??= kernel_size;
                padding ??= Zero;
                dilation ??= One;
                var results = stackalloc nint[2];
                return Tensor.Pair(
                    Native.dv_nn_max_pool2d_with_indices(
                        input.Handle, kernel_size, kernel_size.Length, strides, strides.Length, padding, padding.Length, dilation,
                        dilation.Length, Tensor.Byte(ceil_mode), results),
                    results, input);
            }

            /// <summary>The mean of each window.</summary>
            /// <param name="input">(N, C, H, W) or (C, H, W).</param>
            /// <param name="kernel_size">The window's extent along each axis.</param>
            /// <param name="stride">The step along each axis; the window's extent by default.</param>
            /// <param name="padding">The zeros on both sides of each axis; 0 by default.</param>
            /// <param name="ceil_mode">Whether a window that stands out beyond the edge counts.</param>
            /// <param name="count_include_pad">Whether the padding's zeros count in the divisor.</param>
            /// <param name="divisor_override">What the sum is divided by instead of the number of values.</param>
            public static Tensor avg_pool2d(
                Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null)
            {
                stride ??= kernel_size;
                padding ??= Zero;
                return Tensor.Result(
                    Native.dv_nn_avg_pool2d(
                        input.Handle, kernel_size, kernel_size.Length, stride, stride.Length, padding, padding.Length,
                        Tensor.Byte(ceil_mode), Tensor.Byte(count_include_pad), divisor_override ?? 0),
                    input);
            }

            /// <summary>The mean of each square window.</summary>
            /// <param name="input">(N, C, H, W) or (C, H, W).</param>
            /// <param name="kernel_size">The window's side.</param>
            /// <param name="stride">The step; the window's side by default.</param>
            /// <param name="padding">The zeros on every side.</param>
            /// <param name="ceil_mode">Whether a window that stands out beyond the edge counts.</param>
            /// <param name="count_include_pad">Whether the padding's zeros count in the divisor.</param>
            /// <param name="divisor_override">What the sum is divided by instead of the number of values.</param>
            public static Tensor avg_pool2d(
                Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, [kernel_size], [stride ?? kernel_size], [padding], ceil_mode, count_include_pad, divisor_override);

            /// <summary>The mean of each of so many windows.</summary>
            /// <param name="input">(N, C, H, W) or (C, H, W).</param>
            /// <param name="output_size">The output's height and width.</param>
            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) =>
                Tensor.Result(Native.dv_nn_adaptive_avg_pool2d(input.Handle, output_size, output_size.Length), input);

            /// <summary>The mean of each of so many windows.</summary>
            /// <param name="input">(N, C, H, W) or (C, H, W).</param>
            /// <param name="output_size">The output's height and width.</param>
            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) =>
                adaptive_avg_pool2d(input, Pair(output_size));

            /// <summary>The mean of each of so many windows.</summary>
            /// <param name="input">(N, C, H, W) or (C, H, W).</param>
            /// <param name="output_size">The output's height and width, both the same.</param>
            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) =>
                adaptive_avg_pool2d(input, [output_size, output_size]);

            /// <summary>The largest value of each of so many windows.</summary>
            /// <param name="input">(N, C, H, W) or (C, H, W).</param>
            /// <param name="output_size">The output's height and width.</param>
            public static Tensor adaptive_max_pool2d(Tensor input, long[] output_size)
            {
                var (values, indices) = adaptive_max_pool2d_with_indices(input, output_size);
                indices.Dispose();
                return values;
            }

            /// <summary>The largest value of each of so many windows, and where it stands in its channel's plane.</summary>
            /// <param name="input">(N, C, H, W) or (C, H, W).</param>
            /// <param name="output_size">The output's height and width.</param>
            public static unsafe (Tensor Values, Tensor Indices) adaptive_max_pool2d_with_indices(Tensor input, long[] output_size)
            {
                var results = stackalloc nint[2];
                return Tensor.Pair(
                    Native.dv_nn_adaptive_max_pool2d(input.Handle, output_size, output_size.Length, results), results, input);
            }

            private static long[] Pair((long, long) pair) => [pair.Item1, pair.Item2];
        }
    }
}
