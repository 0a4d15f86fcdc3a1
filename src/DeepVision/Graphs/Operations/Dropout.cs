using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>Zeroes values at random in training and scales the rest; does nothing when inferring.</summary>
public sealed record Dropout : Operation
{
    /// <summary>The chance that a value is dropped, 0 to 1. Default 0.5.</summary>
    public float Probability { get; init; } = 0.5f;

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override string Describe() => FormattableString.Invariant($"Dropout {Probability:g}");

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs) =>
        Probability is >= 0 and <= 1
            ? (inputs[0].Rank, inputs[0].Channels)
            : throw new ModelBuildException(FormattableString.Invariant($"expected a probability of 0 to 1; found {Probability}."));
}
