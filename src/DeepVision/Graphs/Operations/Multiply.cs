using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// The elementwise product of two values of one shape, of a map and a (N, C, 1, 1) map that scales each of its channels, or of
/// a map and a (N, 1, H, W) map that scales each of its pixels.
/// </summary>
public sealed record Multiply : Operation
{
    /// <inheritdoc/>
    public override int MinInputs => 2;

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        bool scalesChannels = inputs[0].Rank == 4 && inputs[1].Rank == 4
            && inputs[1] == new TensorShape(inputs[0].Batch, inputs[0].Channels, 1, 1);
        bool scalesPixels = inputs[0].Rank == 4 && inputs[1].Rank == 4 && inputs[1] == inputs[0].With(1, 1);
        return inputs[0] == inputs[1] || scalesChannels || scalesPixels
            ? inputs[0]
            : throw new ModelBuildException(
                $"expected two values of one shape, or a second one of 1 x 1 pixels or of one channel; found {inputs[0]} and {inputs[1]}.");
    }

    /// <inheritdoc/>
    public override string Describe() => "Multiply";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs) =>
        inputs[0].Rank == inputs[1].Rank && (inputs[0].Channels == inputs[1].Channels || (inputs[1].Rank == 4 && inputs[1].Channels == 1))
            ? (inputs[0].Rank, inputs[0].Channels)
            : throw new ModelBuildException(
                $"expected values of the same channels; '{inputs[0].Name}' has {inputs[0].Channels}, '{inputs[1].Name}' {inputs[1].Channels}.");
}
