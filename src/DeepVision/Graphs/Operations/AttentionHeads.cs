using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// What lies between the projections of a <see cref="SelfAttention"/>: (N, 3C, T, 1) -> (N, C, T, 1). The input holds the
/// queries, then the keys, then the values; each head of C / Heads channels computes softmax(q k^T / sqrt(C / Heads)) v.
/// </summary>
public sealed record AttentionHeads : Operation
{
    /// <summary>How many heads.</summary>
    public required int Heads { get; init; }

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        SelfAttention.RequireTokens(inputs[0]);
        return inputs[0].With(1, inputs[0].Channels / 3);
    }

    /// <inheritdoc/>
    public override long CountMultiplyAdds(ReadOnlySpan<TensorShape> inputs, TensorShape output) =>
        2L * output.Batch * output.Height * output.Height * output.Channels;

    /// <inheritdoc/>
    public override string Describe() => $"AttentionHeads {Heads}";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        int channels = inputs[0].Channels;
        return Heads >= 1 && channels % 3 == 0 && channels / 3 % Heads == 0
            ? (4, channels / 3)
            : throw new ModelBuildException($"expected three times channels divisible by {Heads} heads; '{inputs[0].Name}' has {channels}.");
    }
}
