using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>Adds channels of zeros before and after those of a map.</summary>
public sealed record PadChannels : Operation
{
    /// <summary>Channels of zeros before. Default none.</summary>
    public int Before { get; init; }

    /// <summary>Channels of zeros after. Default none.</summary>
    public int After { get; init; }

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        RequireRank(inputs, 4);
        return inputs[0].With(1, checked(inputs[0].Channels + Before + After));
    }

    /// <inheritdoc/>
    public override string Describe() => $"PadChannels {Before}+{After}";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        return Before >= 0 && After >= 0
            ? (4, checked(inputs[0].Channels + Before + After))
            : throw new ModelBuildException($"expected at least 0 channels on either side; found {Before} and {After}.");
    }
}
