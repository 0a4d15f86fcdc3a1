using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// In training, zeroes a residual branch for whole images at random and scales what stays by 1 / (1 - p); does nothing when
/// inferring.
/// </summary>
public sealed record StochasticDepth : Operation
{
    /// <summary>The chance that an image's branch is dropped, 0 up to 1.</summary>
    public required float Probability { get; init; }

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override string Describe() => FormattableString.Invariant($"StochasticDepth {Probability:g}");

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs) =>
        Probability is >= 0 and < 1
            ? (inputs[0].Rank, inputs[0].Channels)
            : throw new ModelBuildException(FormattableString.Invariant($"expected a probability of at least 0 and below 1; found {Probability}."));
}
