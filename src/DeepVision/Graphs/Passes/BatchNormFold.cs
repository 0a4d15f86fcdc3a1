namespace DeepVision.Graphs.Passes;

/// <summary>The parameters of a convolution and of the batch norm behind it, and the factor for each output channel.</summary>
internal sealed record BatchNormFold(
    Parameter Weight, Parameter? Bias, Parameter Gamma, Parameter Beta, Parameter Mean, Parameter Variance, float Epsilon)
{
    internal IReadOnlyList<Parameter> NormSources => [Gamma, Beta, Mean, Variance];

    /// <summary>gamma / sqrt(variance + epsilon), in float64.</summary>
    internal double[] ReadFactors(IParameterValues values) => Factors(ReadAll(values, Gamma), ReadAll(values, Variance));

    /// <summary>The factors of some channels.</summary>
    internal double[] ReadFactors(ISlicedValues values, int first, int count)
    {
        var gamma = new float[count];
        var variance = new float[count];
        values.ReadSlice(Gamma, first, gamma);
        values.ReadSlice(Variance, first, variance);
        return Factors(gamma, variance);
    }

    internal static float[] ReadAll(IParameterValues values, Parameter parameter)
    {
        var result = new float[parameter.Shape.ElementCount];
        values.Read(parameter, result);
        return result;
    }

    private double[] Factors(float[] gamma, float[] variance)
    {
        var factors = new double[gamma.Length];
        for (int c = 0; c < factors.Length; c++)
        {
            factors[c] = gamma[c] / Math.Sqrt(variance[c] + (double)Epsilon);
        }

        return factors;
    }
}
