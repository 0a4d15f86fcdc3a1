using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>A run of consecutive channels of a map, or of consecutive features of a vector.</summary>
public sealed record SliceChannels : Operation
{
    /// <summary>The first channel; at least 0.</summary>
    public required int First { get; init; }

    /// <summary>How many channels; at least 1.</summary>
    public required int Count { get; init; }

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        Check(inputs[0].Channels);
        return inputs[0].With(1, Count);
    }

    /// <inheritdoc/>
    public override string Describe() => $"SliceChannels {First}..{First + Count - 1}";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        if (inputs[0].Channels >= 0 || First < 0 || Count < 1)
        {
            Check(inputs[0].Channels);
        }

        return (inputs[0].Rank, Count);
    }

    private void Check(int channels)
    {
        if (First < 0 || Count < 1 || (long)First + Count > channels)
        {
            throw new ModelBuildException($"expected {Count} channels from channel {First} on; found {channels} channels.");
        }
    }
}
