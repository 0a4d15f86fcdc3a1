using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// Resizes the first map to the height and width of the second, as PyTorch's <c>interpolate(size=...)</c>: by the nearest pixel,
/// source row = floor(y * (float)(H / H')), or bilinearly with pixel centers aligned (<c>align_corners=False</c>), without antialiasing.
/// </summary>
public sealed record UpsampleLike : Operation
{
    /// <summary>How pixels between pixels are found. Default the nearest.</summary>
    public UpsampleMode Mode { get; init; }

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
    public override string Describe() => Mode == UpsampleMode.Nearest ? "UpsampleLike nearest" : "UpsampleLike bilinear";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        return (4, inputs[0].Channels);
    }
}
