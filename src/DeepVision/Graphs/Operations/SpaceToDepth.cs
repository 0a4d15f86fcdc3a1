using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// Moves the pixels of each block of B x B into channels: (N, C, H, W) -> (N, B * B * C, H / B, W / B). Output channel
/// (x * B + y) * C + c holds channel c of the pixel in column x and row y of the block: YOLOX's focus.
/// </summary>
public sealed record SpaceToDepth : Operation
{
    /// <summary>A block's side; divides height and width. Default 2.</summary>
    public int BlockSize { get; init; } = 2;

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        RequireRank(inputs, 4);
        TensorShape input = inputs[0];
        return input.Height % BlockSize == 0 && input.Width % BlockSize == 0
            ? new TensorShape(input.Batch, checked(input.Channels * BlockSize * BlockSize), input.Height / BlockSize, input.Width / BlockSize)
            : throw new ModelBuildException($"expected a height and a width divisible by {BlockSize}; found {input}.");
    }

    /// <inheritdoc/>
    public override string Describe() => $"SpaceToDepth {BlockSize}";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        return BlockSize >= 1
            ? (4, checked(inputs[0].Channels * BlockSize * BlockSize))
            : throw new ModelBuildException($"expected a block of at least 1 pixel; found {BlockSize}.");
    }
}
