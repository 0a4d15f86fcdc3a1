using DeepVision.Graphs.Initialization;
using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// A weighted sum of values of one shape with learned weights that cannot be negative: w = max(w, 0), then
/// sum(w_i * x_i) / (sum(w) + <see cref="Epsilon"/>); BiFPN's fast normalized fusion. The parameter, one weight for each value,
/// has the node's own path for a name.
/// </summary>
public sealed record WeightedAdd : Operation
{
    private const int MostInputs = 16;

    /// <summary>Added to the sum of the weights. Default 1e-4.</summary>
    public float Epsilon { get; init; } = 1e-4f;

    /// <inheritdoc/>
    public override int MinInputs => 2;

    /// <inheritdoc/>
    public override int MaxInputs => MostInputs;

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        foreach (TensorShape input in inputs)
        {
            if (input != inputs[0])
            {
                throw new ModelBuildException($"expected values of one shape; found {inputs[0]} and {input}.");
            }
        }

        return inputs[0];
    }

    /// <inheritdoc/>
    public override string Describe() => "WeightedAdd";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs) =>
        inputs.FirstOrDefault(input => input.Rank != inputs[0].Rank || input.Channels != inputs[0].Channels) is { } other
            ? throw new ModelBuildException(
                $"expected values of the same channels; '{inputs[0].Name}' has {inputs[0].Channels}, '{other.Name}' {other.Channels}.")
            : (inputs[0].Rank, inputs[0].Channels);

    internal override IEnumerable<ParameterDeclaration> DeclareParameters(IReadOnlyList<GraphValue> inputs)
    {
        yield return new("", ParameterRole.Weight, new TensorShape(inputs.Count), Initializer.One);
    }
}
