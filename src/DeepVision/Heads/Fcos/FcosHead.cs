using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Heads;

/// <summary>The detection head that an <see cref="FcosHeadSpec"/> describes, with torchvision's parameter names.</summary>
internal sealed class FcosHead : Head
{
    private readonly FcosHeadSpec _spec;
    private readonly FcosDecoder _decoder;

    /// <summary>Creates the head.</summary>
    /// <exception cref="ArgumentException">A level has another number of anchors than one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of the spec is out of its range.</exception>
    public FcosHead(FcosHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Anchors);
        ArgumentNullException.ThrowIfNull(spec.Decoding);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.TowerDepth, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(spec.LowestLevel);
        _spec = spec;
        _decoder = new FcosDecoder(spec.Anchors, spec.Classes, spec.Decoding);
    }

    /// <inheritdoc/>
    public override string Name => "FCOS head";

    /// <inheritdoc/>
    public override LevelRange? WantedLevels => _spec.Levels;

    /// <inheritdoc/>
    public override void Connect(IReadOnlyList<FeatureInfo> features)
    {
        FeatureRequirements.RequirePyramid(features, _spec.Levels);
        FeatureRequirements.RequireEqualChannels(features);

        if (_spec.Normalization.ToOperation() is GroupNorm { Groups: var groups } && features[0].Channels % groups != 0)
        {
            FeatureRequirements.Fail($"channels divisible by the {groups} groups of the towers' group norm", features);
        }
    }

    /// <inheritdoc/>
    public override HeadOutputs Build(GraphScope scope, IReadOnlyList<FeatureMap> features, HeadContext context)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(context);
        var outputs = new List<GraphOutput>();
        foreach (FeatureMap feature in features)
        {
            string level = feature.Info.Name;
            GraphScope classes = scope.Enter("classification_head").Tagged(level);
            GraphValue logits = Convolve(classes, "cls_logits", Tower(classes, feature.Value), _spec.Classes, PriorProbability.Bias);
            outputs.Add(new(FcosTask.LogitsOutput(level), logits));

            GraphScope boxes = scope.Enter("regression_head").Tagged(level);
            GraphValue tower = Tower(boxes, feature.Value);
            GraphValue distances = boxes.Activate("relu", Convolve(boxes, "bbox_reg", tower, 4, Initializer.Zero), Activation.Relu);
            outputs.Add(new(FcosTask.DistancesOutput(level), distances));
            outputs.Add(new(FcosTask.CenternessOutput(level), Convolve(boxes, "bbox_ctrness", tower, 1, Initializer.Zero)));
        }

        IReadOnlyList<string> labels = ClassLabels.Resolve(context.Labels, _spec.Classes, Name);
        return new HeadOutputs(outputs, new FcosTask(labels, _decoder, [.. features.Select(feature => feature.Info.Name)]));
    }

    // One sequence in torchvision: convolution 0, norm 1, ReLU 2, convolution 3 ... The convolutions have biases before a norm, too.
    private GraphValue Tower(GraphScope scope, GraphValue input)
    {
        GraphScope layers = scope.Enter("conv");
        GraphValue value = input;
        for (int i = 0; i < _spec.TowerDepth; i++)
        {
            value = Convolve(layers, $"{3 * i}", value, value.Channels, Initializer.Zero);
            value = layers.Normalize($"{(3 * i) + 1}", value, _spec.Normalization);
            value = layers.Activate($"{(3 * i) + 2}", value, Activation.Relu);
        }

        return value;
    }

    private static GraphValue Convolve(GraphScope scope, string name, GraphValue input, int channels, Initializer bias) =>
        scope.Convolution(name, input, new Convolution
        {
            OutChannels = channels,
            Kernel = 3,
            Padding = 1,
            HasBias = true,
            WeightInitializer = Initializer.Normal(0.01f),
            BiasInitializer = bias,
        });
}
