using DeepVision.Graphs.Initialization;
using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// Batch normalization over a map's channels. When inferring: (x - mean) / sqrt(variance + Epsilon) * weight + bias, with the
/// running statistics. After the fusing pass it may apply an activation last.
/// </summary>
public sealed record BatchNorm : Operation
{
    /// <summary>Added to the variance. Default 1e-5.</summary>
    public float Epsilon { get; init; } = 1e-5f;

    /// <summary>How fast the running statistics follow in training: PyTorch's momentum. Default 0.1.</summary>
    public float Momentum { get; init; } = 0.1f;

    /// <summary>Whether weight, bias and statistics are fixed in training too: all four are buffers then, and no batch count exists.</summary>
    public bool Frozen { get; init; }

    /// <summary>What is applied to the result. Default nothing.</summary>
    public Activation Activation { get; init; }

    /// <summary>How the weight starts. Default 1.</summary>
    public Initializer? WeightInitializer { get; init; }

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        RequireRank(inputs, 4);
        return inputs[0];
    }

    /// <inheritdoc/>
    public override string Describe() => FormattableString.Invariant($"BatchNorm{(Frozen ? " frozen" : "")} eps {Epsilon:g}{Suffix(Activation)}");

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        if (!(Epsilon >= 0) || !float.IsFinite(Epsilon))
        {
            throw new ModelBuildException(FormattableString.Invariant($"expected an epsilon of at least 0; found {Epsilon}."));
        }

        return (4, inputs[0].Channels);
    }

    internal override IEnumerable<ParameterDeclaration> DeclareParameters(IReadOnlyList<GraphValue> inputs)
    {
        var shape = new TensorShape(inputs[0].Channels);
        ParameterKind learned = Frozen ? ParameterKind.Buffer : ParameterKind.Parameter;
        yield return new("weight", ParameterRole.Weight, shape, WeightInitializer ?? Initializer.One, learned);
        yield return new("bias", ParameterRole.Bias, shape, Initializer.Zero, learned);
        yield return new("running_mean", ParameterRole.RunningMean, shape, Initializer.Zero, ParameterKind.Buffer);
        yield return new("running_var", ParameterRole.RunningVariance, shape, Initializer.One, ParameterKind.Buffer);
        if (!Frozen)
        {
            yield return new("num_batches_tracked", ParameterRole.BatchCount, default, Initializer.Zero, ParameterKind.Buffer);
        }
    }
}
