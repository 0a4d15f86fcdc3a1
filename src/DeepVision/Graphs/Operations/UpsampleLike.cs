using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// Enlarges the first map to the height and width of the second by the nearest pixel: source row = floor(y * (float)(H / H')),
/// as PyTorch's <c>interpolate(size=..., mode="nearest")</c>.
/// </summary>
public sealed record UpsampleLike : Operation
{
    /// <inheritdoc/>
    public override int MinInputs => 2;

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        RequireRank(inputs, 4);
        return inputs[0].Batch == inputs[1].Batch
            ? new TensorShape(inputs[0].Batch, inputs[0].Channels, inputs[1].Height, inputs[1].Width)
            : throw new ModelBuildException($"expected maps of one batch size; found {inputs[0]} and {inputs[1]}.");
    }

    /// <inheritdoc/>
    public override string Describe() => "UpsampleLike nearest";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        return (4, inputs[0].Channels);
    }
}
