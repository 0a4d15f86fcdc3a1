using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>The mean or the largest of the channels at each pixel: (N, C, H, W) -> (N, 1, H, W), as spatial attention reads it.</summary>
public sealed record ChannelPool : Operation
{
    /// <summary>Mean or largest value.</summary>
    public required PoolingKind Kind { get; init; }

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        RequireRank(inputs, 4);
        return inputs[0].With(1, 1);
    }

    /// <inheritdoc/>
    public override string Describe() => $"ChannelPool {Kind}";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        return (4, 1);
    }
}
