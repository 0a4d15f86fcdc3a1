using DeepVision.Graphs.Initialization;
using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>Normalization over groups of a map's channels, each image by itself, then weight and bias for each channel.</summary>
public sealed record GroupNorm : Operation
{
    /// <summary>How many groups; divides the channels.</summary>
    public required int Groups { get; init; }

    /// <summary>Added to the variance. Default 1e-5.</summary>
    public float Epsilon { get; init; } = 1e-5f;

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        RequireRank(inputs, 4);
        return inputs[0];
    }

    /// <inheritdoc/>
    public override string Describe() => FormattableString.Invariant($"GroupNorm {Groups} eps {Epsilon:g}");

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        return Groups >= 1 && inputs[0].Channels % Groups == 0
            ? (4, inputs[0].Channels)
            : throw new ModelBuildException($"expected channels divisible by {Groups} groups; '{inputs[0].Name}' has {inputs[0].Channels}.");
    }

    internal override IEnumerable<ParameterDeclaration> DeclareParameters(IReadOnlyList<GraphValue> inputs)
    {
        var shape = new TensorShape(inputs[0].Channels);
        yield return new("weight", ParameterRole.Weight, shape, Initializer.One);
        yield return new("bias", ParameterRole.Bias, shape, Initializer.Zero);
    }
}
