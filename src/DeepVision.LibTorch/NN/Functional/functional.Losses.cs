using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Losses.
        public static partial class functional
        {
            /// <summary>The cross-entropy between logits and classes.</summary>
            /// <param name="input">Logits, (N, C) or (N, C, ...).</param>
            /// <param name="target">Class indices (64-bit), (N) or (N, ...), or probabilities of the input's shape.</param>
            /// <param name="weight">(C): the classes' weights, or null.</param>
            /// <param name="ignore_index">The class index that does not count.</param>
            /// <param name="reduction">The mean, the sum, or each value.</param>
            /// <param name="label_smoothing">How much of each target goes evenly to all classes, from 0 to 1.</param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean,
                double label_smoothing = 0.0) =>
                Tensor.Result(
                    Native.dv_nn_cross_entropy(input.Handle, target.Handle, Tensor.HandleOf(weight), ignore_index, (long)reduction,
                        label_smoothing),
                    input, target, weight);

            /// <summary>The cross-entropy between log-probabilities and classes.</summary>
            /// <param name="input">Log-probabilities, (N, C) or (N, C, ...).</param>
            /// <param name="target">Class indices (64-bit), (N) or (N, ...).</param>
            /// <param name="weight">(C): the classes' weights, or null.</param>
            /// <param name="reduction">The mean, the sum, or each value.</param>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Tensor.Result(
                    Native.dv_nn_nll_loss(input.Handle, target.Handle, Tensor.HandleOf(weight), -100, (long)reduction),
                    input, target, weight);

            /// <summary>The cross-entropy of independent yes-or-no answers, given as logits.</summary>
            /// <param name="input">Logits.</param>
            /// <param name="target">Probabilities, of the same shape.</param>
            /// <param name="weight">The weight of each value, broadcast; or null.</param>
            /// <param name="reduction">The mean, the sum, or each value.</param>
            /// <param name="pos_weights">The weight of each class's yes, broadcast; or null.</param>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null)
            {
                var result = Tensor.Result(
                    Native.dv_nn_binary_cross_entropy_with_logits(
                        input.Handle, target.Handle, Tensor.HandleOf(weight), Tensor.HandleOf(pos_weights), (long)reduction),
                    input, target, weight);
                GC.KeepAlive(pos_weights);
                return result;
            }

            /// <summary>The absolute error, and half its square over beta where it is less than beta (minus beta / 2 above it).</summary>
            /// <param name="input">Values.</param>
            /// <param name="target">Wanted values, of the same shape.</param>
            /// <param name="reduction">The mean, the sum, or each value.</param>
            /// <param name="beta">Where the square ends.</param>
            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                Tensor.Result(Native.dv_nn_smooth_l1_loss(input.Handle, target.Handle, (long)reduction, beta), input, target);

            /// <summary>The absolute error.</summary>
            /// <param name="input">Values.</param>
            /// <param name="target">Wanted values, of the same shape.</param>
            /// <param name="reduction">The mean, the sum, or each value.</param>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Tensor.Result(Native.dv_nn_l1_loss(input.Handle, target.Handle, (long)reduction), input, target);

            /// <summary>The squared error.</summary>
            /// <param name="input">Values.</param>
            /// <param name="target">Wanted values, of the same shape.</param>
            /// <param name="reduction">The mean, the sum, or each value.</param>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Tensor.Result(Native.dv_nn_mse_loss(input.Handle, target.Handle, (long)reduction), input, target);
        }
    }
}
