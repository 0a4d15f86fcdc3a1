using DeepVision.Graphs.Initialization;
using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// The pixels of a map, row by row, as tokens behind a learned class token: (N, C, H, W) -> (N, C, 1 + H * W, 1). The parameter
/// (1, 1, C) has the node's own path for a name.
/// </summary>
public sealed record MapToTokens : Operation
{
    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        RequireRank(inputs, 4);
        return new TensorShape(inputs[0].Batch, inputs[0].Channels, checked((inputs[0].Height * inputs[0].Width) + 1), 1);
    }

    /// <inheritdoc/>
    public override string Describe() => "MapToTokens";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        return (4, inputs[0].Channels);
    }

    internal override IEnumerable<ParameterDeclaration> DeclareParameters(IReadOnlyList<GraphValue> inputs)
    {
        yield return new("", ParameterRole.Weight, new TensorShape(1, 1, inputs[0].Channels), Initializer.Zero);
    }
}
