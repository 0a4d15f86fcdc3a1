using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>The network that a <see cref="ConvNeXtSpec"/> describes, with torchvision's parameter names (<c>features.1.0.block.0.weight</c>).</summary>
internal sealed class ConvNeXtBackbone : Backbone
{
    private const int Stages = 4;
    private const int Expansion = 4;

    // torchvision cuts the normal distribution at 100 deviations, so not at all.
    private static readonly Initializer WeightInitializer = Initializer.Normal(0.02f);

    private readonly ConvNeXtSpec _spec;

    /// <summary>Creates the backbone.</summary>
    /// <exception cref="ModelBuildException">The spec has not four stages of at least one block and one channel.</exception>
    public ConvNeXtBackbone(ConvNeXtSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Name);
        if (spec.Depths is not { Count: Stages } || spec.Widths is not { Count: Stages }
            || spec.Depths.Concat(spec.Widths).Any(number => number < 1) || spec.InputChannels < 1)
        {
            throw new ModelBuildException(
                $"A ConvNeXt needs four stages of at least one block and one channel; found depths [{string.Join(", ", spec.Depths ?? [])}], "
                + $"widths [{string.Join(", ", spec.Widths ?? [])}], {spec.InputChannels} input channels.")
            {
                Component = spec.Name,
            };
        }

        _spec = spec;

        // Windows as large as their steps leave out what they do not wholly cover.
        Features = [.. spec.Widths.Select((width, stage) => FeatureInfo.BackboneMap(stage + 2, width) with { RoundsDown = true })];
    }

    /// <inheritdoc/>
    public override string Name => _spec.Name;

    /// <inheritdoc/>
    public override int InputChannels => _spec.InputChannels;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Features { get; }

    /// <inheritdoc/>
    public override string ClassifierPath => "classifier.2";

    /// <inheritdoc/>
    public override string FeaturesPath => "features";

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(image);
        int blocks = _spec.Depths.Sum();
        int before = 0;
        GraphValue value = image;
        var features = new GraphValue[Stages];
        for (int stage = 0; stage < Stages; stage++)
        {
            GraphScope entry = scope.Enter($"{2 * stage}");
            int width = _spec.Widths[stage];
            if (stage == 0)
            {
                value = entry.Convolution("0", value, Convolve(width, kernel: 4, stride: 4));
                value = entry.Normalize("1", value, _spec.Normalization);
            }
            else
            {
                value = entry.Normalize("0", value, _spec.Normalization);
                value = entry.Convolution("1", value, Convolve(width, kernel: 2, stride: 2));
            }

            GraphScope path = scope.Enter($"{(2 * stage) + 1}");
            for (int block = 0; block < _spec.Depths[stage]; block++, before++)
            {
                value = BuildBlock(path.Enter($"{block}"), value, _spec.StochasticDepth * before / Math.Max(1, blocks - 1));
            }

            features[stage] = value;
        }

        return features;
    }

    private GraphValue BuildBlock(GraphScope scope, GraphValue input, float dropProbability)
    {
        // In torchvision's sequence 1 and 6 permute the dimensions.
        int width = input.Channels;
        GraphScope branch = scope.Enter("block");
        GraphValue value = branch.Convolution("0", input, Convolve(width, kernel: 7, stride: 1) with { Padding = 3, Groups = width });
        value = branch.Normalize("2", value, _spec.Normalization);
        value = branch.Add("3", Project(width, Expansion * width), value);
        value = branch.Activate("4", value, _spec.Activation);
        value = branch.Add("5", Project(Expansion * width, width), value);
        value = scope.Add("layer_scale", new ChannelScale { InitialFactor = _spec.LayerScale, TrailingDimensions = 2 }, value);
        if (dropProbability > 0)
        {
            value = scope.Add("stochastic_depth", new StochasticDepth { Probability = dropProbability }, value);
        }

        return scope.Add("add", new Add(), value, input);
    }

    private static Convolution Convolve(int channels, int kernel, int stride) => new()
    {
        OutChannels = channels,
        Kernel = kernel,
        Stride = stride,
        HasBias = true,
        WeightInitializer = WeightInitializer,
        BiasInitializer = Initializer.Zero,
    };

    private static Linear Project(int from, int to) =>
        new() { InFeatures = from, OutFeatures = to, WeightInitializer = WeightInitializer, BiasInitializer = Initializer.Zero };
}
