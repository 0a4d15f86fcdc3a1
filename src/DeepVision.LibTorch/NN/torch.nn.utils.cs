using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Changes gradients before an optimiser's step.</summary>
        public static partial class utils
        {
            /// <summary>Scales all gradients by one factor, in place, where their common norm is greater than a bound.</summary>
            /// <param name="tensors">The parameters. Those without a gradient do not count.</param>
            /// <param name="max_norm">The bound.</param>
            /// <param name="norm_type">The norm's exponent.</param>
            /// <returns>The norm before.</returns>
            public static unsafe double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                Parameter[] parameters = [.. tensors];
                double total;
                Tensor.Done(
                    Native.dv_nn_clip_grad_norm_(Tensor.HandlesOf(parameters), parameters.Length, max_norm, norm_type, &total), parameters);
                return total;
            }

            /// <summary>Cuts every value of the gradients off at a bound, in place.</summary>
            /// <param name="tensors">The parameters. Those without a gradient do not count.</param>
            /// <param name="clip_value">The greatest absolute value.</param>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                Parameter[] parameters = [.. tensors];
                Tensor.Done(Native.dv_nn_clip_grad_value_(Tensor.HandlesOf(parameters), parameters.Length, clip_value), parameters);
            }
        }
    }
}
