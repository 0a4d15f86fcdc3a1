using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>
/// The network that a <see cref="CifarResNetSpec"/> describes, with the parameter names of the widely used PyTorch
/// reimplementation by Y. Idelbayev (<c>conv1</c>, <c>layer1.0.conv1</c>, <c>linear</c>).
/// </summary>
internal sealed class CifarResNetBackbone : Backbone
{
    private readonly CifarResNetSpec _spec;

    /// <summary>Creates the backbone.</summary>
    /// <exception cref="ModelBuildException">The spec has no block, or a base width that is no multiple of 2.</exception>
    public CifarResNetBackbone(CifarResNetSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        if (spec.BlocksPerStage < 1 || spec.BaseWidth < 2 || spec.BaseWidth % 2 != 0 || spec.InputChannels < 1)
        {
            throw new ModelBuildException(
                "A CIFAR ResNet needs at least one block a stage, an even base width and an input channel; "
                + $"found {spec.BlocksPerStage} blocks, base width {spec.BaseWidth}, {spec.InputChannels} input channels.")
            {
                Component = "CIFAR ResNet",
            };
        }

        _spec = spec;
        Features = [.. Enumerable.Range(0, 3).Select(stage => FeatureInfo.BackboneMap(stage, spec.BaseWidth << stage))];
    }

    /// <inheritdoc/>
    public override string Name => $"CIFAR ResNet-{_spec.Depth}";

    /// <inheritdoc/>
    public override int InputChannels => _spec.InputChannels;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Features { get; }

    /// <inheritdoc/>
    public override string ClassifierPath => "linear";

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(image);
        GraphValue value = ConvolveAndNormalize(scope, 1, image, _spec.BaseWidth, stride: 1);
        value = scope.Activate("relu", value, Activation.Relu);

        var features = new GraphValue[3];
        for (int stage = 0; stage < 3; stage++)
        {
            for (int block = 0; block < _spec.BlocksPerStage; block++)
            {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                value = BuildBlock(scope.Enter($"layer{stage + 1}").Enter($"{block}"), value, _spec.BaseWidth << stage, stride);
            }

            features[stage] = value;
        }

        return features;
    }

    private GraphValue BuildBlock(GraphScope scope, GraphValue input, int width, int stride)
    {
        GraphValue value = ConvolveAndNormalize(scope, 1, input, width, stride);
        value = scope.Activate("relu1", value, Activation.Relu);
        value = ConvolveAndNormalize(scope, 2, value, width, stride: 1);

        GraphValue identity = input;
        if (stride != 1)
        {
            // Option A: every second pixel, and channels of zeros on both sides.
            GraphScope shortcut = scope.Enter("shortcut");
            identity = shortcut.Add("subsample", new MaxPool { Kernel = 1, Stride = stride }, identity);
            int missing = width - input.Channels;
            identity = shortcut.Add("pad", new PadChannels { Before = missing / 2, After = missing - (missing / 2) }, identity);
        }

        value = scope.Add("add", new Add(), value, identity);
        return scope.Activate("relu", value, Activation.Relu);
    }

    private GraphValue ConvolveAndNormalize(GraphScope scope, int index, GraphValue input, int channels, int stride)
    {
        GraphValue value = scope.Convolution($"conv{index}", input, new Convolution
        {
            OutChannels = channels,
            Kernel = 3,
            Stride = stride,
            Padding = 1,
            HasBias = _spec.Normalization.IsNone,
            WeightInitializer = Initializer.KaimingNormalFanIn(input.Channels * 9),
        });
        return scope.Normalize($"bn{index}", value, _spec.Normalization);
    }
}
