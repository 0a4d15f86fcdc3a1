using System.Numerics;
using System.Runtime.CompilerServices;
namespace DeepVision.Graphs.Passes;

/// <summary>weight[o] * gamma[o] / sqrt(variance[o] + epsilon).</summary>
internal sealed class FoldedWeight(BatchNormFold fold) : ParameterDerivation
{
    public override IReadOnlyList<Parameter> Sources => [fold.Weight, fold.Gamma, fold.Variance];

    public override void Evaluate(IParameterValues values, Span<float> destination)
    {
        values.Read(fold.Weight, destination);
        Multiply(destination, 0, fold.ReadFactors(values), 0);
    }

    internal override bool CanSlice(ISlicedValues values) =>
        values.CanSlice(fold.Weight) && values.CanSlice(fold.Gamma) && values.CanSlice(fold.Variance);

    internal override void EvaluateSlice(ISlicedValues values, long first, Span<float> destination)
    {
        if (destination.IsEmpty)
        {
            return;
        }

        values.ReadSlice(fold.Weight, first, destination);
        int firstChannel = (int)(first / PerChannel);
        int channels = (int)((first + destination.Length - 1) / PerChannel) - firstChannel + 1;
        Multiply(destination, first, fold.ReadFactors(values, firstChannel, channels), firstChannel);
    }

    private long PerChannel => fold.Weight.Shape.ElementCount / fold.Weight.Shape[0];

    private void Multiply(Span<float> weights, long first, double[] factors, int firstChannel)
    {
        long end = first + weights.Length;
        for (int c = 0; c < factors.Length; c++)
        {
            long from = Math.Max(first, (firstChannel + c) * PerChannel);
            long to = Math.Min(end, (firstChannel + c + 1) * PerChannel);
            Multiply(weights[(int)(from - first)..(int)(to - first)], factors[c]);
        }
    }

    /// <summary>In float64, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(Span<float> weights, double factor)
    {
        int i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Span<float> lanes = weights.Slice(i, Vector<float>.Count);
            Vector.Widen(new Vector<float>(lanes), out Vector<double> low, out Vector<double> high);
            Vector.Narrow(low * factor, high * factor).CopyTo(lanes);
        }

        for (; i < weights.Length; i++)
        {
            weights[i] = (float)(weights[i] * factor);
        }
    }
}
