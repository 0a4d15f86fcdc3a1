using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>Divides the channels at each pixel by their Euclidean length, or by <see cref="Epsilon"/> where that is larger.</summary>
public sealed record L2Normalize : Operation
{
    /// <summary>The least divisor. Default 1e-12, as in PyTorch.</summary>
    public float Epsilon { get; init; } = 1e-12f;

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override string Describe() => "L2Normalize";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs) => (inputs[0].Rank, inputs[0].Channels);
}
