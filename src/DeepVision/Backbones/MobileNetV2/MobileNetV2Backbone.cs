using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>The network that a <see cref="MobileNetV2Spec"/> describes, with torchvision's parameter names (<c>features.0.0.weight</c>).</summary>
internal sealed class MobileNetV2Backbone : Backbone
{
    // How much a block's channels are expanded, its output's channels, how many such blocks there are, and the stride of their first.
    private static readonly (int Expansion, int Channels, int Count, int Stride)[] Groups =
    [
        (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1),
    ];

    private readonly MobileNetV2Spec _spec;

    /// <summary>Creates the backbone.</summary>
    /// <exception cref="ModelBuildException">The width is not above 0, or there are no input channels.</exception>
    public MobileNetV2Backbone(MobileNetV2Spec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Name);
        if (!(spec.Width > 0) || !double.IsFinite(spec.Width) || spec.InputChannels < 1)
        {
            throw new ModelBuildException(
                $"A MobileNetV2 needs a finite width above 0 and at least one input channel; found width {spec.Width}, "
                + $"{spec.InputChannels} input channels.")
            {
                Component = spec.Name,
            };
        }

        _spec = spec;
        Features =
        [
            FeatureInfo.BackboneMap(2, ChannelsOf(24)),
            FeatureInfo.BackboneMap(3, ChannelsOf(32)),
            FeatureInfo.BackboneMap(4, ChannelsOf(96)),
            FeatureInfo.BackboneMap(5, ChannelsOf(320)),
        ];
        ClassifierFeature = FeatureInfo.FinalMap(5, ChannelRounding.ToMultipleOf8(1280 * Math.Max(1, spec.Width)));
    }

    /// <inheritdoc/>
    public override string Name => _spec.Name;

    /// <inheritdoc/>
    public override int InputChannels => _spec.InputChannels;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Features { get; }

    /// <inheritdoc/>
    public override FeatureInfo ClassifierFeature { get; }

    /// <inheritdoc/>
    public override string ClassifierPath => "classifier.1";

    /// <inheritdoc/>
    public override string FeaturesPath => "features";

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(image);

        // torchvision numbers the stem, the blocks and the last convolution in one sequence.
        int layer = 0;
        GraphValue value = Unit(scope.Enter($"{layer++}"), image, new Convolution { OutChannels = ChannelsOf(32), Kernel = 3, Stride = 2 });
        var features = new List<GraphValue>();
        int level = 1;
        foreach ((int expansion, int channels, int count, int stride) in Groups)
        {
            if (stride == 2 && level++ >= 2)
            {
                features.Add(value);
            }

            for (int block = 0; block < count; block++)
            {
                value = Block(scope.Enter($"{layer++}"), value, expansion, ChannelsOf(channels), block == 0 ? stride : 1);
            }
        }

        features.Add(value);
        features.Add(Unit(scope.Enter($"{layer}"), value, new Convolution { OutChannels = ClassifierFeature.Channels, Kernel = 1 }));
        return features;
    }

    private GraphValue Block(GraphScope scope, GraphValue input, int expansion, int channels, int stride)
    {
        int layer = 0;
        GraphScope path = scope.Enter("conv");
        GraphValue value = input;
        int hidden = input.Channels * expansion;
        if (expansion != 1)
        {
            value = Unit(path.Enter($"{layer++}"), value, new Convolution { OutChannels = hidden, Kernel = 1 });
        }

        value = Unit(path.Enter($"{layer++}"), value, new Convolution { OutChannels = hidden, Kernel = 3, Stride = stride, Groups = hidden });
        value = path.Convolution($"{layer++}", value, new Convolution
        {
            OutChannels = channels,
            Kernel = 1,
            HasBias = _spec.Normalization.IsNone,
            WeightInitializer = Initializer.KaimingNormalFanOut(channels),
        });
        value = path.Normalize($"{layer}", value, _spec.Normalization);
        return stride == 1 && input.Channels == channels ? scope.Add("add", new Add(), input, value) : value;
    }

    private GraphValue Unit(GraphScope scope, GraphValue input, Convolution convolution) =>
        ConvolutionUnit.Build(scope, input, convolution, _spec.Normalization, _spec.Activation);

    private int ChannelsOf(int channels) => ChannelRounding.ToMultipleOf8(channels * _spec.Width);
}
