using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>The network that a <see cref="DenseNetSpec"/> describes, with torchvision's parameter names (<c>features.denseblock1.denselayer1.norm1.weight</c>).</summary>
internal sealed class DenseNetBackbone : Backbone
{
    private const int Blocks = 4;

    private readonly DenseNetSpec _spec;

    /// <summary>Creates the backbone.</summary>
    /// <exception cref="ModelBuildException">The spec describes no network; the message says what it holds.</exception>
    public DenseNetBackbone(DenseNetSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Name);
        if (spec.Depths is not { Count: Blocks } || spec.Depths.Any(depth => depth < 1)
            || spec.GrowthRate < 1 || spec.StemWidth < 1 || spec.BottleneckMultiplier < 1 || spec.InputChannels < 1)
        {
            throw new ModelBuildException(
                "A DenseNet needs four blocks of at least one layer, and a growth rate, a stem width, a bottleneck multiplier and input "
                + $"channels of at least 1; found depths [{string.Join(", ", spec.Depths ?? [])}], growth rate {spec.GrowthRate}, stem width "
                + $"{spec.StemWidth}, bottleneck multiplier {spec.BottleneckMultiplier}, {spec.InputChannels} input channels.")
            {
                Component = spec.Name,
            };
        }

        _spec = spec;
        var features = new List<FeatureInfo>();
        int channels = spec.StemWidth;
        foreach ((int block, int depth) in spec.Depths.Index())
        {
            channels = (block == 0 ? channels : channels / 2) + (depth * spec.GrowthRate);

            // The stem rounds up, transitions leave out a last row or column that is alone.
            features.Add(FeatureInfo.BackboneMap(block + 2, channels) with { RoundsDown = block > 0 });
        }

        Features = features;
    }

    /// <inheritdoc/>
    public override string Name => _spec.Name;

    /// <inheritdoc/>
    public override int InputChannels => _spec.InputChannels;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Features { get; }

    /// <inheritdoc/>
    public override string ClassifierPath => "classifier";

    /// <inheritdoc/>
    public override string FeaturesPath => "features";

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(image);
        GraphValue value = Convolve(scope, "conv0", image, _spec.StemWidth, kernel: 7, stride: 2);
        value = NormalizeAndActivate(scope, "norm0", "relu0", value);
        value = scope.Add("pool0", new MaxPool { Kernel = 3, Stride = 2, Padding = 1 }, value);

        var features = new GraphValue[Blocks];
        for (int block = 0; block < Blocks; block++)
        {
            value = BuildBlock(scope.Enter($"denseblock{block + 1}"), value, _spec.Depths[block]);
            if (block == Blocks - 1)
            {
                features[block] = NormalizeAndActivate(scope, "norm5", "relu5", value);
                break;
            }

            GraphScope transition = scope.Enter($"transition{block + 1}");
            features[block] = NormalizeAndActivate(transition, "norm", "relu", value);
            value = Convolve(transition, "conv", features[block], value.Channels / 2, kernel: 1);
            value = transition.Add("pool", new AveragePool { Kernel = 2, Stride = 2 }, value);
        }

        return features;
    }

    /// <summary>The published checkpoints still have a dot before a layer's number: <c>denselayer1.norm.1.weight</c>.</summary>
    public override IEnumerable<KeyRename> FormerKeys() =>
        from block in Enumerable.Range(0, Blocks)
        from layer in Enumerable.Range(1, _spec.Depths[block])
        let path = $"denseblock{block + 1}.denselayer{layer}"
        from part in (string[])["norm", "conv"]
        from number in (int[])[1, 2]
        from parameter in (string[])["weight", "bias", "running_mean", "running_var", "num_batches_tracked"]
        where part == "norm" || parameter is "weight" or "bias"
        select new KeyRename($"{path}.{part}.{number}.{parameter}", $"{path}.{part}{number}.{parameter}");

    private GraphValue BuildBlock(GraphScope scope, GraphValue input, int depth)
    {
        GraphValue all = input;
        for (int i = 1; i <= depth; i++)
        {
            GraphScope layer = scope.Enter($"denselayer{i}");
            GraphValue value = NormalizeAndActivate(layer, "norm1", "relu1", all);
            value = Convolve(layer, "conv1", value, _spec.BottleneckMultiplier * _spec.GrowthRate, kernel: 1);
            value = NormalizeAndActivate(layer, "norm2", "relu2", value);
            value = Convolve(layer, "conv2", value, _spec.GrowthRate, kernel: 3);
            if (_spec.Dropout != 0)
            {
                value = layer.Add("dropout", new Dropout { Probability = _spec.Dropout }, value);
            }

            all = layer.Add("concatenate", new Concatenate(), all, value);
        }

        return all;
    }

    private GraphValue NormalizeAndActivate(GraphScope scope, string norm, string activation, GraphValue input) =>
        scope.Activate(activation, scope.Normalize(norm, input, _spec.Normalization), _spec.Activation);

    private GraphValue Convolve(GraphScope scope, string name, GraphValue input, int channels, int kernel, int stride = 1) =>
        scope.Convolution(name, input, new Convolution
        {
            OutChannels = channels,
            Kernel = kernel,
            Stride = stride,
            Padding = kernel / 2,
            HasBias = _spec.Normalization.IsNone,
            WeightInitializer = Initializer.KaimingNormalFanIn(input.Channels * kernel * kernel),
        });
}
