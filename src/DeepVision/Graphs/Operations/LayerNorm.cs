using DeepVision.Graphs.Initialization;
using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// Normalization over the channels at each pixel of a map, or over a vector's features, with the variance of the population;
/// then weight and bias for each channel.
/// </summary>
public sealed record LayerNorm : Operation
{
    /// <summary>Added to the variance. Default 1e-5.</summary>
    public float Epsilon { get; init; } = 1e-5f;

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override string Describe() => FormattableString.Invariant($"LayerNorm eps {Epsilon:g}");

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs) =>
        inputs[0].Channels >= 1
            ? (inputs[0].Rank, inputs[0].Channels)
            : throw new ModelBuildException($"expected a number of channels that is known while composing; '{inputs[0].Name}' has none.");

    internal override IEnumerable<ParameterDeclaration> DeclareParameters(IReadOnlyList<GraphValue> inputs)
    {
        var shape = new TensorShape(inputs[0].Channels);
        yield return new("weight", ParameterRole.Weight, shape, Initializer.One);
        yield return new("bias", ParameterRole.Bias, shape, Initializer.Zero);
    }
}
