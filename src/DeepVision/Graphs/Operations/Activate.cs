using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>An elementwise function on a map or a vector.</summary>
public sealed record Activate : Operation
{
    /// <summary>The function.</summary>
    public required Activation Activation { get; init; }

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override string Describe() => Activation.ToString();

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs) => (inputs[0].Rank, inputs[0].Channels);
}
