using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// The tokens behind the class token as a map again, of the height and width of the second input:
/// (N, C, 1 + H * W, 1), (N, *, H, W) -> (N, C, H, W).
/// </summary>
public sealed record TokensToMap : Operation
{
    /// <inheritdoc/>
    public override int MinInputs => 2;

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        RequireRank(inputs, 4);
        SelfAttention.RequireTokens(inputs[0]);
        return inputs[0].Batch == inputs[1].Batch && inputs[0].Height == 1 + ((long)inputs[1].Height * inputs[1].Width)
            ? inputs[1].With(1, inputs[0].Channels)
            : throw new ModelBuildException($"expected one token for each pixel and one more; found {inputs[0]} for a map of {inputs[1]}.");
    }

    /// <inheritdoc/>
    public override string Describe() => "TokensToMap";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        return (4, inputs[0].Channels);
    }
}
