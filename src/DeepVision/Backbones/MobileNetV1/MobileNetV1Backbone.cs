using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>The network that a <see cref="MobileNetV1Spec"/> describes, with the parameter names of the PyTorch RetinaFace's body.</summary>
internal sealed class MobileNetV1Backbone : Backbone
{
    private const int MinChannels = 8;

    // Channels at full width and stride of each separable convolution, by stage.
    private static readonly (int Channels, int Stride)[][] Stages =
    [
        [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1)],
        [(512, 2), (512, 1), (512, 1), (512, 1), (512, 1), (512, 1)],
        [(1024, 2), (1024, 1)],
    ];

    private readonly MobileNetV1Spec _spec;

    /// <summary>Creates the backbone.</summary>
    /// <exception cref="ModelBuildException">The width is not above 0, or there are no input channels.</exception>
    public MobileNetV1Backbone(MobileNetV1Spec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Name);
        if (!(spec.Width > 0) || !double.IsFinite(spec.Width) || spec.InputChannels < 1)
        {
            throw new ModelBuildException(
                $"A MobileNetV1 needs a finite width above 0 and at least one input channel; found width {spec.Width}, "
                + $"{spec.InputChannels} input channels.")
            {
                Component = spec.Name,
            };
        }

        _spec = spec;
        Features =
        [
            FeatureInfo.BackboneMap(2, ChannelsOf(128)),
            FeatureInfo.BackboneMap(3, ChannelsOf(256)),
            FeatureInfo.BackboneMap(4, ChannelsOf(512)),
            FeatureInfo.BackboneMap(5, ChannelsOf(1024)),
        ];
    }

    /// <inheritdoc/>
    public override string Name => _spec.Name;

    /// <inheritdoc/>
    public override int InputChannels => _spec.InputChannels;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Features { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(image);
        GraphValue value = Unit(
            scope.Enter("stage1").Enter("0"), 0, image, new Convolution { OutChannels = ChannelsOf(32), Kernel = 3, Stride = 2, Padding = 1 });

        // A feature is the last value before a stride, so C2 lies within the first stage.
        var features = new List<GraphValue>();
        int level = 1;
        foreach ((int stage, (int Channels, int Stride)[] blocks) in Stages.Index())
        {
            foreach ((int index, (int channels, int stride)) in blocks.Index())
            {
                if (stride == 2 && level++ >= 2)
                {
                    features.Add(value);
                }

                // The first stage counts from behind the stem.
                value = Separable(scope.Enter($"stage{stage + 1}").Enter($"{(stage == 0 ? index + 1 : index)}"), value, ChannelsOf(channels), stride);
            }
        }

        features.Add(value);
        return features;
    }

    private GraphValue Separable(GraphScope scope, GraphValue input, int channels, int stride)
    {
        var depthwise = new Convolution { OutChannels = input.Channels, Kernel = 3, Stride = stride, Padding = 1, Groups = input.Channels };
        GraphValue value = Unit(scope, 0, input, depthwise);
        return Unit(scope, 3, value, new Convolution { OutChannels = channels, Kernel = 1 });
    }

    // Convolution, norm and activation are layers of one sequence.
    private GraphValue Unit(GraphScope scope, int layer, GraphValue input, Convolution convolution)
    {
        GraphValue value = scope.Convolution($"{layer}", input, convolution with { HasBias = _spec.Normalization.IsNone });
        value = scope.Normalize($"{layer + 1}", value, _spec.Normalization);
        return scope.Activate($"{layer + 2}", value, _spec.Activation);
    }

    private int ChannelsOf(int channels) => Math.Max(MinChannels, (int)(channels * _spec.Width));
}
