using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    // Activations.
    public static partial class nn
    {
        /// <summary>max(x, 0).</summary>
        /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
        public static ReLU ReLU(bool inplace = false) => new(inplace);

        /// <summary>min(max(x, 0), 6).</summary>
        /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
        public static ReLU6 ReLU6(bool inplace = false) => new(inplace);

        /// <summary>x relu6(x + 3) / 6.</summary>
        /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
        public static Hardswish Hardswish(bool inplace = false) => new(inplace);

        /// <summary>relu6(x + 3) / 6.</summary>
        /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
        public static Hardsigmoid Hardsigmoid(bool inplace = false) => new(inplace);

        /// <summary>x times its sigmoid.</summary>
        public static SiLU SiLU() => new(false);

        /// <summary>x times its sigmoid.</summary>
        /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
        public static SiLU SiLU(bool inplace) => new(inplace);

        /// <summary>x tanh(softplus(x)).</summary>
        public static Mish Mish() => new(false);

        /// <summary>x tanh(softplus(x)).</summary>
        /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
        public static Mish Mish(bool inplace) => new(inplace);

        /// <summary>1 / (1 + exp(-x)).</summary>
        public static Sigmoid Sigmoid() => new(false);

        /// <summary>1 / (1 + exp(-x)).</summary>
        /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
        public static Sigmoid Sigmoid(bool inplace) => new(inplace);

        /// <summary>The hyperbolic tangent.</summary>
        public static Tanh Tanh() => new(false);

        /// <summary>The hyperbolic tangent.</summary>
        /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
        public static Tanh Tanh(bool inplace = false) => new(inplace);

        /// <summary>x times the normal distribution function of x.</summary>
        public static GELU GELU() => new(false, Modules.GELU.Approximate.none);

        /// <summary>x times the normal distribution function of x.</summary>
        /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
        public static GELU GELU(bool inplace) => new(inplace, Modules.GELU.Approximate.none);

        /// <summary>x times the normal distribution function of x.</summary>
        /// <param name="approximate">Exact, or by a hyperbolic tangent.</param>
        /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
        public static GELU GELU(GELU.Approximate approximate, bool inplace = false) => new(inplace, approximate);

        /// <summary>x, times a slope where it is negative.</summary>
        /// <param name="negative_slope">The factor below 0.</param>
        /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
        public static LeakyReLU LeakyReLU(double negative_slope = 0.01, bool inplace = false) => new(negative_slope, inplace);

        /// <summary>x, and alpha (exp(x) - 1) where it is negative.</summary>
        /// <param name="alpha">The factor below 0.</param>
        /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
        public static ELU ELU(double alpha = 1.0, bool inplace = false) => new(alpha, inplace);

        /// <summary>x cut off at two bounds.</summary>
        /// <param name="min_val">The lower bound.</param>
        /// <param name="max_val">The upper bound.</param>
        /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
        public static Hardtanh Hardtanh(double min_val = -1.0, double max_val = 1.0, bool inplace = false) =>
            new(min_val, max_val, inplace);

        /// <summary>Positive values along an axis that sum to 1.</summary>
        /// <param name="dim">The axis.</param>
        public static Softmax Softmax(long dim) => new(dim);

        /// <summary>The logarithm of the softmax along an axis.</summary>
        /// <param name="dim">The axis.</param>
        public static LogSoftmax LogSoftmax(long dim) => new(dim);
    }
}
