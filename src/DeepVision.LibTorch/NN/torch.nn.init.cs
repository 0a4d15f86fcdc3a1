using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Fills parameters with their first values, in place and outside the graph of gradients.</summary>
        public static partial class init
        {
            /// <summary>What the scale of the first values depends on.</summary>
            public enum NonlinearityType
            {
                /// <summary>None.</summary>
                Linear = 0,

                /// <summary>A convolution along one axis.</summary>
                Conv1D = 1,

                /// <summary>A convolution along two axes.</summary>
                Conv2D = 2,

                /// <summary>A convolution along three axes.</summary>
                Conv3D = 3,

                /// <summary>A transposed convolution along one axis.</summary>
                ConvTranspose1D = 4,

                /// <summary>A transposed convolution along two axes.</summary>
                ConvTranspose2D = 5,

                /// <summary>A transposed convolution along three axes.</summary>
                ConvTranspose3D = 6,

                /// <summary>A sigmoid.</summary>
                Sigmoid = 7,

                /// <summary>A hyperbolic tangent.</summary>
                Tanh = 8,

                /// <summary>A rectifier.</summary>
                ReLU = 9,

                /// <summary>A rectifier with a slope below 0.</summary>
                LeakyReLU = 10,
            }

            /// <summary>Which pass keeps its variance.</summary>
            public enum FanInOut
            {
                /// <summary>The forward pass.</summary>
                FanIn = 0,

                /// <summary>The backward pass.</summary>
                FanOut = 1,
            }

            /// <summary>The factor by which a nonlinearity asks for larger first values.</summary>
            /// <param name="nonlinearity">The nonlinearity.</param>
            /// <param name="param">The slope below 0 of a leaky rectifier.</param>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3,
                NonlinearityType.ReLU => Math.Sqrt(2),
                NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + (param * param))),
                _ => 1,
            };

            /// <summary>Fills with 1.</summary>
            /// <param name="tensor">The tensor, which is returned.</param>
            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            /// <summary>Fills with 0.</summary>
            /// <param name="tensor">The tensor, which is returned.</param>
            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            /// <summary>Fills with a number.</summary>
            /// <param name="tensor">The tensor, which is returned.</param>
            /// <param name="val">The number.</param>
            public static Tensor constant_(Tensor tensor, Scalar val)
            {
                using var noGrad = no_grad();
                return tensor.fill_(val);
            }

            /// <summary>Draws evenly from an interval.</summary>
            /// <param name="tensor">The tensor, which is returned.</param>
            /// <param name="low">The interval's lower end.</param>
            /// <param name="high">The interval's upper end.</param>
            /// <param name="generator">Where random numbers come from; null for the device's default.</param>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null)
            {
                using var noGrad = no_grad();
                return tensor.uniform_(low, high, generator);
            }

            /// <summary>Draws from a normal distribution.</summary>
            /// <param name="tensor">The tensor, which is returned.</param>
            /// <param name="mean">Its mean.</param>
            /// <param name="std">Its standard deviation.</param>
            /// <param name="generator">Where random numbers come from; null for the device's default.</param>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
            {
                using var noGrad = no_grad();
                return tensor.normal_(mean, std, generator);
            }

            /// <summary>Draws from a normal distribution whose tails are cut off.</summary>
            /// <param name="tensor">The tensor, which is returned.</param>
            /// <param name="mean">The mean without the cut.</param>
            /// <param name="std">The standard deviation without the cut.</param>
            /// <param name="a">The least value.</param>
            /// <param name="b">The greatest value.</param>
            /// <param name="generator">Where random numbers come from; null for the device's default.</param>
            public static Tensor trunc_normal_(
                Tensor tensor, double mean = 0.0, double std = 1.0, double a = -2.0, double b = 2.0, Generator? generator = null)
            {
                Tensor.Done(Native.dv_nn_trunc_normal_(tensor.Handle, mean, std, a, b, Tensor.HandleOf(generator)), tensor, generator);
                return tensor;
            }

            /// <summary>Draws evenly from an interval whose width keeps the variance of the forward or the backward pass.</summary>
            /// <param name="tensor">The tensor, which is returned: at least two axes.</param>
            /// <param name="a">The slope below 0 of the leaky rectifier that follows.</param>
            /// <param name="mode">Which pass keeps its variance.</param>
            /// <param name="nonlinearity">What follows.</param>
            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3) * KaimingDeviation(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Draws from a normal distribution whose width keeps the variance of the forward or the backward pass.</summary>
            /// <param name="tensor">The tensor, which is returned: at least two axes.</param>
            /// <param name="a">The slope below 0 of the leaky rectifier that follows.</param>
            /// <param name="mode">Which pass keeps its variance.</param>
            /// <param name="nonlinearity">What follows.</param>
            public static Tensor kaiming_normal_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, KaimingDeviation(tensor, a, mode, nonlinearity));

            /// <summary>Draws evenly from an interval whose width suits both passes.</summary>
            /// <param name="tensor">The tensor, which is returned: at least two axes.</param>
            /// <param name="gain">A factor for the width.</param>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                var bound = Math.Sqrt(3) * XavierDeviation(tensor, gain);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Draws from a normal distribution whose width suits both passes.</summary>
            /// <param name="tensor">The tensor, which is returned: at least two axes.</param>
            /// <param name="gain">A factor for the width.</param>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0) => normal_(tensor, 0, XavierDeviation(tensor, gain));

            /// <summary>How many values one output depends on, and how many outputs one value reaches.</summary>
            /// <param name="tensor">A weight: (out, in, ...).</param>
            /// <exception cref="ArgumentException">The tensor has fewer than two axes.</exception>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                {
                    throw new ArgumentException($"Fan in and fan out need a tensor with at least 2 axes, found {shape.Length}.", nameof(tensor));
                }

                var taps = 1L;
                for (var axis = 2; axis < shape.Length; axis++)
                {
                    taps *= shape[axis];
                }

                return (shape[1] * taps, shape[0] * taps);
            }

            private static double KaimingDeviation(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            private static double XavierDeviation(Tensor tensor, double gain)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return gain * Math.Sqrt(2.0 / (fanIn + fanOut));
            }
        }
    }
}
