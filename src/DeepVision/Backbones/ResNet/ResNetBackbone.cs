using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>The residual network that a <see cref="ResNetSpec"/> describes, with torchvision's parameter names.</summary>
public sealed class ResNetBackbone : Backbone
{
    private readonly ResNetSpec _spec;

    /// <summary>Creates the backbone.</summary>
    /// <exception cref="ModelBuildException">The spec has not four stages of at least one block, or no channels.</exception>
    public ResNetBackbone(ResNetSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Name);
        if (spec.Depths is not { Count: 4 } || spec.Depths.Any(depth => depth < 1) || spec.BaseWidth < 1 || spec.InputChannels < 1)
        {
            throw new ModelBuildException(
                $"A ResNet needs four stages of at least one block, a base width and input channels of at least 1; found depths "
                + $"[{string.Join(", ", spec.Depths ?? [])}], base width {spec.BaseWidth}, input channels {spec.InputChannels}.")
            {
                Component = spec.Name,
            };
        }

        _spec = spec;
        Features = [.. Enumerable.Range(0, 4).Select(stage => FeatureInfo.BackboneMap(stage + 2, WidthOf(stage) * Expansion))];
    }

    /// <inheritdoc/>
    public override string Name => _spec.Name;

    /// <inheritdoc/>
    public override int InputChannels => _spec.InputChannels;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Features { get; }

    private int Expansion => _spec.Block == ResNetBlockKind.Bottleneck ? 4 : 1;

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(image);
        GraphValue value = Convolve(scope, "conv1", image, _spec.BaseWidth, kernel: 7, stride: 2);
        value = scope.Normalize("bn1", value, _spec.Normalization);
        value = scope.Activate("relu", value, Activation.Relu);
        value = scope.Add("maxpool", new MaxPool { Kernel = 3, Stride = 2, Padding = 1 }, value);

        var features = new GraphValue[4];
        for (int stage = 0; stage < 4; stage++)
        {
            for (int block = 0; block < _spec.Depths[stage]; block++)
            {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                value = BuildBlock(scope.Enter($"layer{stage + 1}").Enter($"{block}"), value, WidthOf(stage), stride);
            }

            features[stage] = value;
        }

        return features;
    }

    private int WidthOf(int stage) => _spec.BaseWidth << stage;

    private GraphValue BuildBlock(GraphScope scope, GraphValue input, int width, int stride)
    {
        GraphValue value = input;
        if (_spec.Block == ResNetBlockKind.Basic)
        {
            value = ConvolveAndNormalize(scope, 1, value, width, kernel: 3, stride);
            value = scope.Activate("relu1", value, Activation.Relu);
            value = ConvolveAndNormalize(scope, 2, value, width, kernel: 3, stride: 1);
        }
        else
        {
            value = ConvolveAndNormalize(scope, 1, value, width, kernel: 1, stride: 1);
            value = scope.Activate("relu1", value, Activation.Relu);
            value = ConvolveAndNormalize(scope, 2, value, width, kernel: 3, stride);
            value = scope.Activate("relu2", value, Activation.Relu);
            value = ConvolveAndNormalize(scope, 3, value, width * Expansion, kernel: 1, stride: 1);
        }

        GraphValue identity = input;
        if (stride != 1 || input.Channels != value.Channels)
        {
            GraphScope downsample = scope.Enter("downsample");
            identity = Convolve(downsample, "0", input, value.Channels, kernel: 1, stride);
            identity = downsample.Normalize("1", identity, _spec.Normalization);
        }

        value = scope.Add("add", new Add(), value, identity);
        return scope.Activate("relu", value, Activation.Relu);
    }

    private GraphValue ConvolveAndNormalize(GraphScope scope, int index, GraphValue input, int channels, int kernel, int stride)
    {
        GraphValue value = Convolve(scope, $"conv{index}", input, channels, kernel, stride);
        return scope.Normalize($"bn{index}", value, _spec.Normalization);
    }

    private GraphValue Convolve(GraphScope scope, string name, GraphValue input, int channels, int kernel, int stride) =>
        scope.Convolution(name, input, new Convolution
        {
            OutChannels = channels,
            Kernel = kernel,
            Stride = stride,
            Padding = kernel / 2,
            HasBias = _spec.Normalization.IsNone,
            WeightInitializer = Initializer.KaimingNormalFanOut(channels * kernel * kernel),
        });
}
