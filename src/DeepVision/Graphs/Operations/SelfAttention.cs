using DeepVision.Graphs.Initialization;
using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// Multi-head self-attention over tokens, (N, C, T, 1) -> (N, C, T, 1), with PyTorch's parameters of a MultiheadAttention:
/// <c>in_proj_weight</c> (3C, C), <c>in_proj_bias</c>, <c>out_proj.weight</c> and <c>out_proj.bias</c>. Each head of C / Heads
/// channels computes softmax(q k^T / sqrt(C / Heads)) v.
/// </summary>
public sealed record SelfAttention : Operation
{
    /// <summary>How many heads; divides the channels.</summary>
    public required int Heads { get; init; }

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        RequireTokens(inputs[0]);
        return inputs[0];
    }

    /// <inheritdoc/>
    public override long CountMultiplyAdds(ReadOnlySpan<TensorShape> inputs, TensorShape output)
    {
        long tokens = output.Height;
        long channels = output.Channels;
        return output.Batch * ((4 * tokens * channels * channels) + (2 * tokens * tokens * channels));
    }

    /// <inheritdoc/>
    public override string Describe() => $"SelfAttention {Heads} heads";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        return Heads >= 1 && inputs[0].Channels % Heads == 0
            ? (4, inputs[0].Channels)
            : throw new ModelBuildException($"expected channels divisible by {Heads} heads; '{inputs[0].Name}' has {inputs[0].Channels}.");
    }

    internal override IEnumerable<ParameterDeclaration> DeclareParameters(IReadOnlyList<GraphValue> inputs)
    {
        int channels = inputs[0].Channels;

        // Xavier's uniform bound over the three projections together, as PyTorch starts them.
        float bound = MathF.Sqrt(6f / (4f * channels));
        yield return new("in_proj_weight", ParameterRole.Weight, new TensorShape(3 * channels, channels), new UniformInitializer(bound));
        yield return new("in_proj_bias", ParameterRole.Bias, new TensorShape(3 * channels), Initializer.Zero);
        yield return new("out_proj.weight", ParameterRole.OutputWeight, new TensorShape(channels, channels), Initializer.TorchDefault(channels));
        yield return new("out_proj.bias", ParameterRole.OutputBias, new TensorShape(channels), Initializer.Zero);
    }

    internal static void RequireTokens(TensorShape shape)
    {
        if (shape.Rank != 4 || shape.Width != 1)
        {
            throw new ModelBuildException($"expected tokens (N, C, T, 1); found {shape}.");
        }
    }
}
