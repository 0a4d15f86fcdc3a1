using DeepVision.Graphs;

namespace DeepVision.Cpu.Kernels.Reference;

/// <summary>The elementwise functions in double precision, by their definitions.</summary>
internal static class ReferenceActivation
{
    internal static double Apply(Activation activation, double x) => activation.Kind switch
    {
        ActivationKind.Identity => x,
        ActivationKind.Relu => x < 0 ? 0 : x,
        ActivationKind.Relu6 => x < 0 ? 0 : x > 6 ? 6 : x,
        ActivationKind.LeakyRelu => x < 0 ? x * activation.Slope : x,
        ActivationKind.Sigmoid => Sigmoid(x),
        ActivationKind.Silu => x * Sigmoid(x),
        ActivationKind.HardSigmoid => HardSigmoid(x),
        ActivationKind.HardSwish => x * HardSigmoid(x),
        ActivationKind.Mish => x * Math.Tanh(x > 30 ? x : Math.Log(1 + Math.Exp(x))),
        ActivationKind.Gelu => 0.5 * x * (1 + Erf(x / Math.Sqrt(2))),
        ActivationKind.Tanh => Math.Tanh(x),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "No such activation."),
    };

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double HardSigmoid(double x) => (x + 3 < 0 ? 0 : x + 3 > 6 ? 6 : x + 3) / 6;

    /// <summary>The error function: its Maclaurin series up to 3, the continued fraction of its complement beyond.</summary>
    private static double Erf(double x)
    {
        if (double.IsNaN(x) || Math.Abs(x) > 6)
        {
            return double.IsNaN(x) ? x : Math.Sign(x);
        }

        if (Math.Abs(x) > 3)
        {
            double fraction = 0;
            for (int i = 60; i > 0; i--)
            {
                fraction = i / 2.0 / (Math.Abs(x) + fraction);
            }

            double complement = Math.Exp(-x * x) / Math.Sqrt(Math.PI) / (Math.Abs(x) + fraction);
            return Math.Sign(x) * (1 - complement);
        }

        double term = x;
        double sum = x;
        for (int n = 1; n < 100; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return sum * 2 / Math.Sqrt(Math.PI);
    }
}
