using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Graphs;

namespace DeepVision.Cpu.Kernels.Elementwise;

/// <summary>Elementwise functions over runs of vectors, in place or to another place.</summary>
internal static unsafe class ActivationKernel<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    /// <summary>Applies a function to one vector. Call it where the kind is constant over a loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Apply(ActivationKind kind, TVector slope, TVector x) => kind switch
    {
        ActivationKind.Relu => TOps.Relu(x),
        ActivationKind.Relu6 => TOps.Min(TOps.Relu(x), TOps.Broadcast(6f)),
        ActivationKind.LeakyRelu => TOps.SelectLess(x, TOps.Zero, TOps.Multiply(x, slope), x),
        ActivationKind.Sigmoid => VectorMath<TOps, TVector>.Sigmoid(x),
        ActivationKind.Silu => TOps.Multiply(x, VectorMath<TOps, TVector>.Sigmoid(x)),
        ActivationKind.HardSigmoid => HardSigmoid(x),
        ActivationKind.HardSwish => TOps.Multiply(x, HardSigmoid(x)),
        ActivationKind.Mish => Mish(x),
        ActivationKind.Gelu => TOps.Multiply(
            TOps.Multiply(x, TOps.Broadcast(0.5f)),
            TOps.Add(TOps.Broadcast(1f), VectorMath<TOps, TVector>.Erf(TOps.Multiply(x, TOps.Broadcast(0.707106781f))))),
        ActivationKind.Tanh => VectorMath<TOps, TVector>.Tanh(x),
        _ => x,
    };

    /// <summary>Applies a function to whole vectors.</summary>
    /// <param name="activation">The function.</param>
    /// <param name="source">What is read.</param>
    /// <param name="destination">Where it goes; may be the source.</param>
    /// <param name="vectors">How many vectors.</param>
    internal static void Run(Activation activation, float* source, float* destination, long vectors)
    {
        TVector slope = TOps.Broadcast(activation.Slope);
        switch (activation.Kind)
        {
            case ActivationKind.Identity when source == destination:
                break;
            case ActivationKind.Relu:
                Loop<Functions.Relu>(slope, source, destination, vectors);
                break;
            case ActivationKind.Relu6:
                Loop<Functions.Relu6>(slope, source, destination, vectors);
                break;
            case ActivationKind.LeakyRelu:
                Loop<Functions.LeakyRelu>(slope, source, destination, vectors);
                break;
            case ActivationKind.Sigmoid:
                Loop<Functions.Sigmoid>(slope, source, destination, vectors);
                break;
            case ActivationKind.Silu:
                Loop<Functions.Silu>(slope, source, destination, vectors);
                break;
            case ActivationKind.HardSigmoid:
                Loop<Functions.HardSigmoid>(slope, source, destination, vectors);
                break;
            case ActivationKind.HardSwish:
                Loop<Functions.HardSwish>(slope, source, destination, vectors);
                break;
            case ActivationKind.Mish:
                Loop<Functions.Mish>(slope, source, destination, vectors);
                break;
            case ActivationKind.Gelu:
                Loop<Functions.Gelu>(slope, source, destination, vectors);
                break;
            case ActivationKind.Tanh:
                Loop<Functions.Tanh>(slope, source, destination, vectors);
                break;
            default:
                Loop<Functions.Identity>(slope, source, destination, vectors);
                break;
        }
    }

    /// <summary>Whether the function of 0 is not 0, so that lanes beyond the last channel must be cleared behind it.</summary>
    internal static bool MovesZero(ActivationKind kind) => kind is ActivationKind.Sigmoid or ActivationKind.HardSigmoid;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<TFunction>(TVector slope, float* source, float* destination, long vectors)
        where TFunction : struct, IFunction
    {
        for (long i = 0; i < vectors; i++)
        {
            TOps.Store(destination, Apply(TFunction.Kind, slope, TOps.Load(source)));
            source += TOps.Width;
            destination += TOps.Width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector HardSigmoid(TVector x) =>
        TOps.Multiply(
            TOps.Min(TOps.Relu(TOps.Add(x, TOps.Broadcast(3f))), TOps.Broadcast(6f)), TOps.Broadcast(1f / 6));

    /// <summary>x * tanh(log(1 + e^x)) = x * (1 - 2 / ((1 + e^x)^2 + 1)); e^x is bounded where the factor is 1 anyway.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Mish(TVector x)
    {
        TVector one = TOps.Broadcast(1f);
        TVector e = VectorMath<TOps, TVector>.Exp(TOps.Min(x, TOps.Broadcast(30f)));
        // ((1 + e)^2 - 1) / ((1 + e)^2 + 1), the numerator as e * (e + 2) so that nothing cancels for small e.
        TVector numerator = TOps.Multiply(e, TOps.Add(e, TOps.Broadcast(2f)));
        return TOps.Multiply(x, TOps.Divide(numerator, TOps.Add(numerator, TOps.Add(one, one))));
    }

    /// <summary>A function known at compile time.</summary>
    private interface IFunction
    {
        static abstract ActivationKind Kind { get; }
    }

    private static class Functions
    {
        internal readonly struct Identity : IFunction
        {
            public static ActivationKind Kind => ActivationKind.Identity;
        }

        internal readonly struct Relu : IFunction
        {
            public static ActivationKind Kind => ActivationKind.Relu;
        }

        internal readonly struct Relu6 : IFunction
        {
            public static ActivationKind Kind => ActivationKind.Relu6;
        }

        internal readonly struct LeakyRelu : IFunction
        {
            public static ActivationKind Kind => ActivationKind.LeakyRelu;
        }

        internal readonly struct Sigmoid : IFunction
        {
            public static ActivationKind Kind => ActivationKind.Sigmoid;
        }

        internal readonly struct Silu : IFunction
        {
            public static ActivationKind Kind => ActivationKind.Silu;
        }

        internal readonly struct HardSigmoid : IFunction
        {
            public static ActivationKind Kind => ActivationKind.HardSigmoid;
        }

        internal readonly struct HardSwish : IFunction
        {
            public static ActivationKind Kind => ActivationKind.HardSwish;
        }

        internal readonly struct Mish : IFunction
        {
            public static ActivationKind Kind => ActivationKind.Mish;
        }

        internal readonly struct Gelu : IFunction
        {
            public static ActivationKind Kind => ActivationKind.Gelu;
        }

        internal readonly struct Tanh : IFunction
        {
            public static ActivationKind Kind => ActivationKind.Tanh;
        }
    }
}
