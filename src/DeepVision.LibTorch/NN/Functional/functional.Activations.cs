using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Activations.
        public static partial class functional
        {
            /// <summary>max(x, 0).</summary>
            /// <param name="x">The input.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
            public static Tensor relu(Tensor x, bool inplace = false) =>
                Tensor.Result(Native.dv_nn_relu(x.Handle, Tensor.Byte(inplace)), x);

            /// <summary>min(max(x, 0), 6).</summary>
            /// <param name="x">The input.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
            public static Tensor relu6(Tensor x, bool inplace = false) =>
                Tensor.Result(Native.dv_nn_relu6(x.Handle, Tensor.Byte(inplace)), x);

            /// <summary>x, times a slope where it is negative.</summary>
            /// <param name="input">The input.</param>
            /// <param name="negative_slope">The factor below 0.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                Tensor.Result(Native.dv_nn_leaky_relu(input.Handle, negative_slope, Tensor.Byte(inplace)), input);

            /// <summary>x times its sigmoid.</summary>
            /// <param name="x">The input.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
            public static Tensor silu(Tensor x, bool inplace = false) =>
                Tensor.Result(Native.dv_nn_silu(x.Handle, Tensor.Byte(inplace)), x);

            /// <summary>x relu6(x + 3) / 6.</summary>
            /// <param name="input">The input.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
            public static Tensor hardswish(Tensor input, bool inplace = false) =>
                Tensor.Result(Native.dv_nn_hardswish(input.Handle, Tensor.Byte(inplace)), input);

            /// <summary>relu6(x + 3) / 6.</summary>
            /// <param name="input">The input.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
            public static Tensor hardsigmoid(Tensor input, bool inplace = false) =>
                Tensor.Result(Native.dv_nn_hardsigmoid(input.Handle, Tensor.Byte(inplace)), input);

            /// <summary>x tanh(softplus(x)).</summary>
            /// <param name="x">The input.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
            public static Tensor mish(Tensor x, bool inplace = false) =>
                Tensor.Result(Native.dv_nn_mish(x.Handle, Tensor.Byte(inplace)), x);

            /// <summary>x, and alpha (exp(x) - 1) where it is negative.</summary>
            /// <param name="x">The input.</param>
            /// <param name="alpha">The factor below 0.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
            public static Tensor elu(Tensor x, double alpha, bool inplace = false) =>
                Tensor.Result(Native.dv_nn_elu(x.Handle, alpha, Tensor.Byte(inplace)), x);

            /// <summary>x cut off at two bounds.</summary>
            /// <param name="x">The input.</param>
            /// <param name="min_val">The lower bound.</param>
            /// <param name="max_val">The upper bound.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
            public static Tensor hardtanh(Tensor x, double min_val = -1.0, double max_val = 1.0, bool inplace = false) =>
                Tensor.Result(Native.dv_nn_hardtanh(x.Handle, min_val, max_val, Tensor.Byte(inplace)), x);

            /// <summary>The hyperbolic tangent.</summary>
            /// <param name="x">The input.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
            public static Tensor tanh(Tensor x, bool inplace = false) =>
                Tensor.Result(Native.dv_nn_tanh(x.Handle, Tensor.Byte(inplace)), x);

            /// <summary>1 / (1 + exp(-x)).</summary>
            /// <param name="x">The input.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
            public static Tensor sigmoid(Tensor x, bool inplace) => Tensor.Result(Native.dv_nn_sigmoid(x.Handle, Tensor.Byte(inplace)), x);

            /// <summary>1 / (1 + exp(-x)).</summary>
            /// <param name="x">The input.</param>
            public static Tensor sigmoid(Tensor x) => sigmoid(x, false);

            /// <summary>x times the normal distribution function of x.</summary>
            /// <param name="x">The input.</param>
            public static Tensor gelu(Tensor x) => gelu(x, Modules.GELU.Approximate.none, false);

            /// <summary>x times the normal distribution function of x.</summary>
            /// <param name="x">The input.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
            public static Tensor gelu(Tensor x, bool inplace) => gelu(x, Modules.GELU.Approximate.none, inplace);

            /// <summary>x times the normal distribution function of x.</summary>
            /// <param name="x">The input.</param>
            /// <param name="approximate">Exact, or by a hyperbolic tangent.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
            public static Tensor gelu(Tensor x, Modules.GELU.Approximate approximate, bool inplace = false) =>
                Tensor.Result(
                    Native.dv_nn_gelu(x.Handle, Tensor.Byte(approximate == Modules.GELU.Approximate.tanh), Tensor.Byte(inplace)), x);

            /// <summary>log(1 + exp(beta x)) / beta.</summary>
            /// <param name="x">The input.</param>
            /// <param name="beta">The steepness.</param>
            /// <param name="threshold">Where beta x is above it, the result is x.</param>
            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) =>
                Tensor.Result(Native.dv_nn_softplus(x.Handle, beta, threshold), x);

            /// <summary>Positive values along an axis that sum to 1.</summary>
            /// <param name="input">The logits.</param>
            /// <param name="dim">The axis.</param>
            /// <param name="dtype">The dtype to compute in and to return; null for the input's.</param>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            /// <summary>The logarithm of the softmax.</summary>
            /// <param name="x">The logits.</param>
            /// <param name="dim">The axis.</param>
            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            /// <summary>While training, sets values to 0 at random and scales the others up; otherwise passes the input on.</summary>
            /// <param name="input">The input.</param>
            /// <param name="p">The probability of a 0.</param>
            /// <param name="training">Whether anything happens.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Tensor.Result(Native.dv_nn_dropout(input.Handle, p, Tensor.Byte(training), Tensor.Byte(inplace)), input);

            /// <summary>
            /// While training, sets whole channels to 0 at random and scales the others up; otherwise passes the input on.
            /// </summary>
            /// <param name="input">(N, C, H, W).</param>
            /// <param name="p">The probability of a 0.</param>
            /// <param name="training">Whether anything happens.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Tensor.Result(Native.dv_nn_dropout2d(input.Handle, p, Tensor.Byte(training), Tensor.Byte(inplace)), input);
        }
    }
}
