using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Norms.
        public static partial class functional
        {
            /// <summary>Normalises each channel by the statistics of the batch or by given ones.</summary>
            /// <param name="input">(N, C, ...).</param>
            /// <param name="running_mean">(C): the statistics to use, or those to update while training; or null.</param>
            /// <param name="running_var">(C), likewise.</param>
            /// <param name="weight">(C): the factors, or null.</param>
            /// <param name="bias">(C): the summands, or null.</param>
            /// <param name="training">Whether the batch's own statistics are taken.</param>
            /// <param name="momentum">The weight of this batch in the running statistics.</param>
            /// <param name="eps">What is added to the variance before the square root.</param>
            public static Tensor batch_norm(
                Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false,
                double momentum = 0.1, double eps = 1e-5)
            {
                var result = Tensor.Result(
                    Native.dv_nn_batch_norm(
                        input.Handle, Tensor.HandleOf(running_mean), Tensor.HandleOf(running_var), Tensor.HandleOf(weight),
                        Tensor.HandleOf(bias), Tensor.Byte(training), momentum, eps),
                    input, weight, bias);
                GC.KeepAlive(running_mean);
                GC.KeepAlive(running_var);
                return result;
            }

            /// <summary>Normalises each group of channels of each image.</summary>
            /// <param name="input">(N, C, ...).</param>
            /// <param name="num_groups">The groups into which the channels are split.</param>
            /// <param name="weight">(C): the factors, or null.</param>
            /// <param name="bias">(C): the summands, or null.</param>
            /// <param name="eps">What is added to the variance before the square root.</param>
            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Tensor.Result(
                    Native.dv_nn_group_norm(input.Handle, num_groups, Tensor.HandleOf(weight), Tensor.HandleOf(bias), eps),
                    input, weight, bias);

            /// <summary>Normalises over the last axes.</summary>
            /// <param name="input">(..., normalized_shape).</param>
            /// <param name="normalized_shape">The lengths of the last axes.</param>
            /// <param name="weight">Of the normalised shape: the factors, or null.</param>
            /// <param name="bias">Of the normalised shape: the summands, or null.</param>
            /// <param name="eps">What is added to the variance before the square root.</param>
            public static Tensor layer_norm(
                Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Tensor.Result(
                    Native.dv_nn_layer_norm(input.Handle, normalized_shape, normalized_shape.Length, Tensor.HandleOf(weight),
                        Tensor.HandleOf(bias), eps),
                    input, weight, bias);

            /// <summary>Divides by the p-norm along an axis.</summary>
            /// <param name="input">The input.</param>
            /// <param name="p">The norm's exponent.</param>
            /// <param name="dim">The axis.</param>
            /// <param name="eps">The least divisor.</param>
            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12) =>
                Tensor.Result(Native.dv_nn_normalize(input.Handle, p, dim, eps), input);
        }
    }
}
