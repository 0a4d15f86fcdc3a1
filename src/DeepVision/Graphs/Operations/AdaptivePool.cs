using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// Pools a map of any size to a fixed one: cell i of n covers rows floor(i * H / n) to ceil((i + 1) * H / n), as in PyTorch.
/// A size of 1 is global pooling.
/// </summary>
public sealed record AdaptivePool : Operation
{
    /// <summary>Mean or largest value.</summary>
    public required PoolingKind Kind { get; init; }

    /// <summary>The output's height and width.</summary>
    public required Size2D Size { get; init; }

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        RequireRank(inputs, 4);
        return inputs[0].Height < 1 || inputs[0].Width < 1
            ? throw new ModelBuildException($"an input of shape {inputs[0]} is empty.")
            : new TensorShape(inputs[0].Batch, inputs[0].Channels, Size.Height, Size.Width);
    }

    /// <inheritdoc/>
    public override string Describe() => $"Adaptive{Kind}Pool {Size}";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        return Size.Height >= 1 && Size.Width >= 1
            ? (4, inputs[0].Channels)
            : throw new ModelBuildException($"expected an output of at least 1x1; found {Size}.");
    }
}
