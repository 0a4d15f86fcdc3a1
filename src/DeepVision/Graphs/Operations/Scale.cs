using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>Multiplies every element by one constant; 1 / temperature before a softmax.</summary>
public sealed record Scale : Operation
{
    /// <summary>The constant.</summary>
    public required float Factor { get; init; }

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override string Describe() => FormattableString.Invariant($"Scale {Factor:g}");

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs) =>
        float.IsFinite(Factor)
            ? (inputs[0].Rank, inputs[0].Channels)
            : throw new ModelBuildException(FormattableString.Invariant($"expected a finite factor; found {Factor}."));
}
