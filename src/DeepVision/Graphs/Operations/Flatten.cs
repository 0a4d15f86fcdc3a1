using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>(N, C, H, W) -> (N, C * H * W), row-major.</summary>
public sealed record Flatten : Operation
{
    /// <summary>The pixels of each channel where composing already knows them (behind a pooling to a fixed size); -1 elsewhere.</summary>
    public int KnownArea { get; init; } = -1;

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        RequireRank(inputs, 4);
        return new TensorShape(inputs[0].Batch, checked(inputs[0].Channels * inputs[0].Height * inputs[0].Width));
    }

    /// <inheritdoc/>
    public override string Describe() => "Flatten";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        return (2, KnownArea < 0 ? -1 : checked(inputs[0].Channels * KnownArea));
    }
}
