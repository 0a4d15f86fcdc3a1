namespace DeepVision.Graphs.Passes;

/// <summary>weight[o] * gamma[o] / sqrt(variance[o] + epsilon).</summary>
internal sealed class FoldedWeight(BatchNormFold fold) : ParameterDerivation
{
    public override IReadOnlyList<Parameter> Sources => [fold.Weight, fold.Gamma, fold.Variance];

    public override void Evaluate(IParameterValues values, Span<float> destination)
    {
        values.Read(fold.Weight, destination);
        double[] factors = fold.ReadFactors(values);
        int perChannel = destination.Length / factors.Length;
        for (int c = 0; c < factors.Length; c++)
        {
            double factor = factors[c];
            foreach (ref float weight in destination.Slice(c * perChannel, perChannel))
            {
                weight = (float)(weight * factor);
            }
        }
    }
}
