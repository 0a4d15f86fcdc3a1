using DeepVision.Graphs.Initialization;
using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// A fully connected layer: (N, InFeatures) -> (N, OutFeatures), or the same for each pixel of a map,
/// (N, InFeatures, H, W) -> (N, OutFeatures, H, W). Weight (OutFeatures, InFeatures).
/// </summary>
public sealed record Linear : Operation
{
    /// <summary>Features of the input; stated, because a flattened map's length is not known while composing.</summary>
    public required int InFeatures { get; init; }

    /// <summary>Features of the output.</summary>
    public required int OutFeatures { get; init; }

    /// <summary>Whether a bias is added. Default true.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>What is applied to the sum. Default nothing.</summary>
    public Activation Activation { get; init; }

    /// <summary>How the weight starts. Default PyTorch's for a linear layer.</summary>
    public Initializer? WeightInitializer { get; init; }

    /// <summary>How the bias starts. Default PyTorch's for a linear layer.</summary>
    public Initializer? BiasInitializer { get; init; }

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        return inputs[0].Rank is 2 or 4 && inputs[0].Channels == InFeatures
            ? inputs[0].With(1, OutFeatures)
            : throw new ModelBuildException(
                $"expected {InFeatures} features; found an input of shape {inputs[0]}. "
                + "A layer behind a flattened map fixes the image size; put a pooling to a fixed size before it.");
    }

    /// <inheritdoc/>
    public override long CountMultiplyAdds(ReadOnlySpan<TensorShape> inputs, TensorShape output) => output.ElementCount * InFeatures;

    /// <inheritdoc/>
    public override string Describe() => $"Linear {OutFeatures}{Suffix(Activation)}";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        if (InFeatures < 1 || OutFeatures < 1)
        {
            throw new ModelBuildException($"expected at least one feature in and out; found {InFeatures} in and {OutFeatures} out.");
        }

        if (inputs[0].Channels >= 0 && inputs[0].Channels != InFeatures)
        {
            throw new ModelBuildException($"expected {InFeatures} features; '{inputs[0].Name}' has {inputs[0].Channels}.");
        }

        return (inputs[0].Rank, OutFeatures);
    }

    internal override IEnumerable<ParameterDeclaration> DeclareParameters(IReadOnlyList<GraphValue> inputs)
    {
        yield return new(
            "weight", ParameterRole.Weight, new TensorShape(OutFeatures, InFeatures), WeightInitializer ?? Initializer.TorchDefault(InFeatures));
        if (HasBias)
        {
            yield return new("bias", ParameterRole.Bias, new TensorShape(OutFeatures), BiasInitializer ?? Initializer.TorchDefault(InFeatures));
        }
    }
}
