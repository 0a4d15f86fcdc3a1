using DeepVision.Graphs;

namespace DeepVision.Tests.Cpu;

/// <summary>The same values for every parameter, from their beginning.</summary>
internal sealed class ParameterArray(params float[] values) : IParameterValues
{
    public void Read(Parameter parameter, Span<float> destination) => values.AsSpan(0, destination.Length).CopyTo(destination);
}
