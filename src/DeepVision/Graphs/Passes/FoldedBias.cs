namespace DeepVision.Graphs.Passes;

/// <summary>beta[o] + (bias[o] - mean[o]) * gamma[o] / sqrt(variance[o] + epsilon).</summary>
internal sealed class FoldedBias(BatchNormFold fold) : ParameterDerivation
{
    public override IReadOnlyList<Parameter> Sources => fold.Bias is null ? fold.NormSources : [.. fold.NormSources, fold.Bias];

    public override void Evaluate(IParameterValues values, Span<float> destination)
    {
        double[] factors = fold.ReadFactors(values);
        float[] beta = BatchNormFold.ReadAll(values, fold.Beta);
        float[] mean = BatchNormFold.ReadAll(values, fold.Mean);
        float[]? bias = fold.Bias is null ? null : BatchNormFold.ReadAll(values, fold.Bias);
        for (int c = 0; c < factors.Length; c++)
        {
            destination[c] = (float)(beta[c] + (((bias?[c] ?? 0.0) - mean[c]) * factors[c]));
        }
    }
}
