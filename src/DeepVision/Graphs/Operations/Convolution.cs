using DeepVision.Graphs.Initialization;
using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// A two-dimensional convolution with zero padding (cross-correlation, as in PyTorch): (N, C, H, W) -> (N, OutChannels, H', W').
/// Weight (OutChannels, C / Groups, kH, kW). After the fusing pass it may also add a second input of its output's shape, and
/// apply an activation last.
/// </summary>
public sealed record Convolution : Operation
{
    /// <summary>Channels of the output.</summary>
    public required int OutChannels { get; init; }

    /// <summary>The window.</summary>
    public required Size2D Kernel { get; init; }

    /// <summary>Steps of the window. Default 1.</summary>
    public Size2D Stride { get; init; } = 1;

    /// <summary>Zeros around the input. Default none.</summary>
    public Padding2D Padding { get; init; }

    /// <summary>Distance of the window's taps. Default 1.</summary>
    public Size2D Dilation { get; init; } = 1;

    /// <summary>Groups of channels that do not see each other; as many as channels for a depthwise convolution. Default 1.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Whether a bias is added. Default false, as before a norm.</summary>
    public bool HasBias { get; init; }

    /// <summary>What is applied to the sum. Default nothing.</summary>
    public Activation Activation { get; init; }

    /// <summary>Whether a second input is added before the activation. Default false.</summary>
    public bool AddsResidual { get; init; }

    /// <summary>How the weight starts. Default PyTorch's for a convolution.</summary>
    public Initializer? WeightInitializer { get; init; }

    /// <summary>How the bias starts. Default PyTorch's for a convolution.</summary>
    public Initializer? BiasInitializer { get; init; }

    /// <inheritdoc/>
    public override int MinInputs => AddsResidual ? 2 : 1;

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        RequireRank(inputs, 4);
        TensorShape output = SlidingWindow.Infer(inputs[0], OutChannels, Kernel, Stride, Padding, Dilation, ceiling: false);
        if (AddsResidual && inputs[1] != output)
        {
            throw new ModelBuildException($"the value to add has shape {inputs[1]}; expected {output}.");
        }

        return output;
    }

    /// <inheritdoc/>
    public override long CountMultiplyAdds(ReadOnlySpan<TensorShape> inputs, TensorShape output) =>
        output.ElementCount * Kernel.Area * (inputs[0].Channels / Groups);

    /// <inheritdoc/>
    public override string Describe() =>
        $"Convolution {OutChannels} {Kernel}"
        + (Stride == Size2D.One ? "" : $" stride {Stride}")
        + (Padding == Padding2D.None ? "" : $" padding {Padding}")
        + (Dilation == Size2D.One ? "" : $" dilation {Dilation}")
        + (Groups == 1 ? "" : $" groups {Groups}")
        + (AddsResidual ? " + residual" : "")
        + Suffix(Activation);

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        SlidingWindow.Validate(Kernel, Stride, Padding, Dilation);
        if (OutChannels < 1 || Groups < 1 || OutChannels % Groups != 0 || inputs[0].Channels % Groups != 0)
        {
            throw new ModelBuildException(
                $"expected channel counts divisible by {Groups} groups; found {inputs[0].Channels} in and {OutChannels} out.");
        }

        return (4, OutChannels);
    }

    internal override IEnumerable<ParameterDeclaration> DeclareParameters(IReadOnlyList<GraphValue> inputs)
    {
        int channels = inputs[0].Channels / Groups;
        int fanIn = channels * Kernel.Area;
        var shape = new TensorShape(OutChannels, channels, Kernel.Height, Kernel.Width);
        yield return new("weight", ParameterRole.Weight, shape, WeightInitializer ?? Initializer.TorchDefault(fanIn));
        if (HasBias)
        {
            yield return new("bias", ParameterRole.Bias, new TensorShape(OutChannels), BiasInitializer ?? Initializer.TorchDefault(fanIn));
        }
    }
}
