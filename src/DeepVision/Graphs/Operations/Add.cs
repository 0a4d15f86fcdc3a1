using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>The elementwise sum of two values of one shape.</summary>
public sealed record Add : Operation
{
    /// <summary>What is applied to the sum, set by the fusing pass. Default nothing.</summary>
    public Activation Activation { get; init; }

    /// <inheritdoc/>
    public override int MinInputs => 2;

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs) =>
        inputs[0] == inputs[1]
            ? inputs[0]
            : throw new ModelBuildException($"expected two values of one shape; found {inputs[0]} and {inputs[1]}.");

    /// <inheritdoc/>
    public override string Describe() => $"Add{Suffix(Activation)}";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs) =>
        inputs[0].Rank == inputs[1].Rank && inputs[0].Channels == inputs[1].Channels
            ? (inputs[0].Rank, inputs[0].Channels)
            : throw new ModelBuildException(
                $"expected two values of one shape; '{inputs[0].Name}' has {inputs[0].Channels} channels, "
                + $"'{inputs[1].Name}' {inputs[1].Channels}.");
}
