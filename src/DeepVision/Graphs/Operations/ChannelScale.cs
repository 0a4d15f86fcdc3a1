using DeepVision.Graphs.Initialization;
using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// Multiplies each channel of a map or vector by a learned factor. The parameter's name is the node's own path, as for
/// ConvNeXt's <c>layer_scale</c> and SSD's <c>scale_weight</c>.
/// </summary>
public sealed record ChannelScale : Operation
{
    /// <summary>Where every factor starts. Default 1.</summary>
    public float InitialFactor { get; init; } = 1;

    /// <summary>Dimensions of 1 behind the parameter's channels: 2 for (C, 1, 1). Default 0.</summary>
    public int TrailingDimensions { get; init; }

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override string Describe() => "ChannelScale";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs) =>
        TrailingDimensions is >= 0 and <= 2 && inputs[0].Channels >= 1
            ? (inputs[0].Rank, inputs[0].Channels)
            : throw new ModelBuildException(
                $"expected known channels and 0 to 2 dimensions behind them; '{inputs[0].Name}' has {inputs[0].Channels} channels, found {TrailingDimensions}.");

    internal override IEnumerable<ParameterDeclaration> DeclareParameters(IReadOnlyList<GraphValue> inputs)
    {
        Span<int> extents = [inputs[0].Channels, 1, 1];
        yield return new("", ParameterRole.Weight, new TensorShape(extents[..(1 + TrailingDimensions)]), Initializer.Constant(InitialFactor));
    }
}
