using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>exp(x) over its sum along the channels, shifted by the largest value first.</summary>
public sealed record Softmax : Operation
{
    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override string Describe() => "Softmax";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs) => (inputs[0].Rank, inputs[0].Channels);
}
