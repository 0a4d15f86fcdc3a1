using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>One token as a vector: (N, C, T, 1) -> (N, C).</summary>
public sealed record TakeToken : Operation
{
    /// <summary>Which; 0, the class token, by default.</summary>
    public int Index { get; init; }

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        SelfAttention.RequireTokens(inputs[0]);
        return Index < inputs[0].Height
            ? new TensorShape(inputs[0].Batch, inputs[0].Channels)
            : throw new ModelBuildException($"expected more than {Index} tokens; found {inputs[0].Height}.");
    }

    /// <inheritdoc/>
    public override string Describe() => $"TakeToken {Index}";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        return Index >= 0 ? (2, inputs[0].Channels) : throw new ModelBuildException($"expected an index of at least 0; found {Index}.");
    }
}
