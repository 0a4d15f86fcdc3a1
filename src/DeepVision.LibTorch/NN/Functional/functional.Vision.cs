using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Padding and resizing of images, one-hot codes.
        public static partial class functional
        {
            /// <summary>Adds a border.</summary>
            /// <param name="input">The input.</param>
            /// <param name="pad">How much before and after, the last axis first. Negative values cut.</param>
            /// <param name="mode">What the border holds.</param>
            /// <param name="value">The border's value in the modes Constant and Zeros.</param>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, (ReadOnlySpan<long>)pad, mode, value);

            /// <summary>Adds a border.</summary>
            /// <param name="input">The input.</param>
            /// <param name="pad">How much before and after, the last axis first. Negative values cut.</param>
            /// <param name="mode">What the border holds.</param>
            /// <param name="value">The border's value in the modes Constant and Zeros.</param>
            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                Tensor.Result(Native.dv_nn_pad(input.Handle, pad, pad.Length, (int)mode, value), input);

            /// <summary>Adds a border along the last axis.</summary>
            /// <param name="input">The input.</param>
            /// <param name="pad">How much before and after. Negative values cut.</param>
            /// <param name="mode">What the border holds.</param>
            /// <param name="value">The border's value in the modes Constant and Zeros.</param>
            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            /// <summary>Adds a border to images.</summary>
            /// <param name="input">(..., H, W).</param>
            /// <param name="pad">How much on the left, on the right, above and below. Negative values cut.</param>
            /// <param name="mode">What the border holds.</param>
            /// <param name="value">The border's value in the modes Constant and Zeros.</param>
            public static Tensor pad(
                Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            /// <summary>Resizes images, to a size or by a factor.</summary>
            /// <param name="x">(N, C, H, W).</param>
            /// <param name="size">The new height and width, or null.</param>
            /// <param name="scale_factor">The factors of height and width, or null.</param>
            /// <param name="mode">How values between pixels are found: nearest, bilinear, bicubic or by area.</param>
            /// <param name="align_corners">
            /// Whether the corner pixels' centres stay where they are; false by default, and only for bilinear and bicubic.
            /// </param>
            /// <param name="recompute_scale_factor">Whether the factors are taken anew from the rounded size.</param>
            /// <param name="antialias">Whether pixels are averaged when the image shrinks; only for bilinear and bicubic.</param>
            public static Tensor interpolate(
                Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest,
                bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                var align = align_corners switch { null => 0, true => 1, false => 2 };
                return Tensor.Result(
                    Native.dv_nn_interpolate(
                        x.Handle, size, size?.Length ?? 0, scale_factor, scale_factor?.Length ?? 0, (int)mode, align,
                        Tensor.Byte(recompute_scale_factor), Tensor.Byte(antialias)),
                    x);
            }

            /// <summary>A 1 at each class index, in a new last axis of zeros.</summary>
            /// <param name="x">Class indices, of 64-bit integers.</param>
            /// <param name="num_classes">The new axis' length; -1 for the largest index plus 1.</param>
            /// <exception cref="ArgumentException">The input is not of 64-bit integers.</exception>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => x.dtype == ScalarType.Int64
                ? Tensor.Result(Native.dv_nn_one_hot(x.Handle, num_classes), x)
                : throw new ArgumentException($"one_hot needs class indices of type Int64, found {x.dtype}.", nameof(x));
        }
    }
}
