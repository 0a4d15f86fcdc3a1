using DeepVision.Graphs.Initialization;
using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// Adds a learned vector for each position to tokens (N, C, T, 1). The parameter (1, T, C) has the node's own path for a name,
/// and fixes the number of tokens, and with it the size of the images.
/// </summary>
public sealed record AddPositions : Operation
{
    /// <summary>How many tokens there are; at least 1.</summary>
    public required int Tokens { get; init; }

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        SelfAttention.RequireTokens(inputs[0]);
        return inputs[0].Height == Tokens
            ? inputs[0]
            : throw new ModelBuildException(
                $"expected {Tokens} tokens, for as many positions were learned; found {inputs[0].Height}. Give images of the size that the model is for.");
    }

    /// <inheritdoc/>
    public override string Describe() => $"AddPositions {Tokens}";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        return Tokens >= 1 ? (4, inputs[0].Channels) : throw new ModelBuildException($"expected at least 1 token; found {Tokens}.");
    }

    internal override IEnumerable<ParameterDeclaration> DeclareParameters(IReadOnlyList<GraphValue> inputs)
    {
        yield return new("", ParameterRole.Weight, new TensorShape(1, Tokens, inputs[0].Channels), Initializer.Normal(0.02f));
    }
}
