using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// Deals the channels of a map out like cards: of G groups, output channel i * G + g is channel i of group g. ShuffleNet's way
/// to let groups see each other.
/// </summary>
public sealed record ChannelShuffle : Operation
{
    /// <summary>How many groups; divides the channels.</summary>
    public required int Groups { get; init; }

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        RequireRank(inputs, 4);
        return inputs[0];
    }

    /// <inheritdoc/>
    public override string Describe() => $"ChannelShuffle {Groups}";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        return Groups >= 1 && inputs[0].Channels % Groups == 0
            ? (4, inputs[0].Channels)
            : throw new ModelBuildException($"expected channels divisible by {Groups} groups; '{inputs[0].Name}' has {inputs[0].Channels}.");
    }
}
