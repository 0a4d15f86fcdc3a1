using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    // Pools over images.
    public static partial class nn
    {
        /// <summary>The largest value of each square window.</summary>
        /// <param name="kernel_size">The window's side.</param>
        /// <param name="stride">The step; the window's side by default.</param>
        /// <param name="padding">The padding on every side, which never wins; 0 by default.</param>
        /// <param name="dilation">The distance between the window's values; 1 by default.</param>
        /// <param name="ceil_mode">Whether a window that stands out beyond the edge counts.</param>
        public static MaxPool2d MaxPool2d(
            long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
            new(Both(kernel_size), Both(stride ?? kernel_size), Both(padding ?? 0), Both(dilation ?? 1), ceil_mode);

        /// <summary>The largest value of each window.</summary>
        /// <param name="kernel_size">The window's height and width.</param>
        /// <param name="stride">The step down and across; the window's extent by default.</param>
        /// <param name="padding">The padding above and below, and on the left and right, which never wins; 0 by default.</param>
        /// <param name="dilation">The distance between the window's values; 1 by default.</param>
        /// <param name="ceil_mode">Whether a window that stands out beyond the edge counts.</param>
        public static MaxPool2d MaxPool2d(
            (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null,
            bool ceil_mode = false) =>
            new(Axes(kernel_size), Axes(stride ?? kernel_size), Axes(padding ?? (0, 0)), Axes(dilation ?? (1, 1)), ceil_mode);

        /// <summary>The largest value of each window.</summary>
        /// <param name="kernel_size">The window's extent along each axis.</param>
        /// <param name="stride">The step along each axis; the window's extent by default.</param>
        /// <param name="padding">The padding on both sides of each axis, which never wins; 0 by default.</param>
        /// <param name="dilation">The distance between the window's values; 1 by default.</param>
        /// <param name="ceil_mode">Whether a window that stands out beyond the edge counts.</param>
        public static MaxPool2d MaxPool2d(
            long[] kernel_size, long[]? stride = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
            new(kernel_size, stride, padding, dilation, ceil_mode);

        /// <summary>The mean of each window.</summary>
        /// <param name="kernel_size">The window's extent along each axis.</param>
        /// <param name="stride">The step along each axis; the window's extent by default.</param>
        /// <param name="padding">The zeros on both sides of each axis; 0 by default.</param>
        /// <param name="ceil_mode">Whether a window that stands out beyond the edge counts.</param>
        /// <param name="count_include_pad">Whether the padding's zeros count in the divisor.</param>
        /// <param name="divisor_override">What the sum is divided by instead of the number of values.</param>
        public static AvgPool2d AvgPool2d(
            long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true,
            long? divisor_override = null) => new(kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);

        /// <summary>The mean of each window.</summary>
        /// <param name="kernel_size">The window's height and width.</param>
        /// <param name="stride">The step down and across; the window's extent by default.</param>
        /// <param name="padding">The zeros above and below, and on the left and right; 0 by default.</param>
        /// <param name="ceil_mode">Whether a window that stands out beyond the edge counts.</param>
        /// <param name="count_include_pad">Whether the padding's zeros count in the divisor.</param>
        /// <param name="divisor_override">What the sum is divided by instead of the number of values.</param>
        public static AvgPool2d AvgPool2d(
            (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false,
            bool count_include_pad = true, long? divisor_override = null) =>
            new(
                Axes(kernel_size), stride is { } steps ? Axes(steps) : null, padding is { } sides ? Axes(sides) : null, ceil_mode,
                count_include_pad, divisor_override);

        /// <summary>The mean of each square window.</summary>
        /// <param name="kernel_size">The window's side.</param>
        /// <param name="stride">The step; the window's side by default.</param>
        /// <param name="padding">The zeros on every side; 0 by default.</param>
        /// <param name="ceil_mode">Whether a window that stands out beyond the edge counts.</param>
        /// <param name="count_include_pad">Whether the padding's zeros count in the divisor.</param>
        /// <param name="divisor_override">What the sum is divided by instead of the number of values.</param>
        public static AvgPool2d AvgPool2d(
            long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true,
            long? divisor_override = null) =>
            new(
                Both(kernel_size), stride is { } step ? Both(step) : null, padding is { } side ? Both(side) : null, ceil_mode,
                count_include_pad, divisor_override);

        /// <summary>The mean of each of so many windows.</summary>
        /// <param name="output_size">The output's height and width.</param>
        public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long[] output_size) => new(output_size);

        /// <summary>The mean of each of so many windows.</summary>
        /// <param name="output_size">The output's height and width.</param>
        public static AdaptiveAvgPool2d AdaptiveAvgPool2d((long, long) output_size) => new(Axes(output_size));

        /// <summary>The mean of each of so many windows.</summary>
        /// <param name="output_size">The output's height and width, both the same.</param>
        public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long output_size) => new(Both(output_size));

        /// <summary>The largest value of each of so many windows.</summary>
        /// <param name="output_size">The output's height and width.</param>
        public static AdaptiveMaxPool2d AdaptiveMaxPool2d(long[] output_size) => new(output_size);

        private static long[] Both(long value) => [value, value];

        private static long[] Axes((long, long) pair) => [pair.Item1, pair.Item2];
    }
}
