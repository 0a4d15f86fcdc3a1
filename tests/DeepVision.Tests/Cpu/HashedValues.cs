using DeepVision.Graphs;

namespace DeepVision.Tests.Cpu;

/// <summary>Repeatable parameter values by name: weights scaled by fan-in, norms near 1, variances from 0.1 to 2.</summary>
internal sealed class HashedValues : IParameterValues
{
    public void Read(Parameter parameter, Span<float> destination)
    {
        if (parameter.Derivation is { } derivation)
        {
            derivation.Evaluate(this, destination);
            return;
        }

        int seed = 17;
        foreach (char letter in parameter.Name)
        {
            seed = (seed * 31) + letter;
        }

        float fanIn = parameter.Shape.Rank > 1 ? parameter.Shape.ElementCount / parameter.Shape[0] : 1;
        for (int i = 0; i < destination.Length; i++)
        {
            float noise = Noise.Value(i, seed);
            destination[i] = parameter.Role switch
            {
                ParameterRole.RunningVariance => 1.05f + (0.95f * noise),
                ParameterRole.Weight when parameter.Shape.Rank == 1 => 1 + (0.3f * noise),
                ParameterRole.Weight => noise * MathF.Sqrt(3 / fanIn),
                _ => 0.2f * noise,
            };
        }
    }
}
