using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Heads;

/// <summary>The segmentation head that a <see cref="DeepLabV3HeadSpec"/> describes, with torchvision's parameter names.</summary>
internal sealed class DeepLabV3Head : Head
{
    private readonly DeepLabV3HeadSpec _spec;

    /// <summary>Creates the head.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of the spec is out of its range.</exception>
    public DeepLabV3Head(DeepLabV3HeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Classes, 1);
        AsppModule.Validate(spec.Aspp);
        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "DeepLabV3 head";

    /// <inheritdoc/>
    public override WeightLayout Layout => WeightLayout.Segmenter;

    /// <inheritdoc/>
    public override void Connect(IReadOnlyList<FeatureInfo> features) =>
        SegmentationOutputs.Require(features, _spec.Feature, _spec.AuxiliaryFeature);

    /// <inheritdoc/>
    public override HeadOutputs Build(GraphScope scope, IReadOnlyList<FeatureMap> features, HeadContext context)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(context);
        GraphValue logits = Classify(scope.Enter("classifier"), SegmentationOutputs.Find(features, _spec.Feature));
        GraphValue? auxiliary = _spec.AuxiliaryFeature is { } feature
            ? FcnClassifier.Build(
                scope.Enter("aux_classifier"), SegmentationOutputs.Find(features, feature), _spec.Classes, _spec.Normalization,
                _spec.AuxiliaryDropout)
            : null;
        return SegmentationOutputs.Give(scope, logits, auxiliary, context, _spec.Classes, Name);
    }

    // One sequence in torchvision: ASPP 0, convolution 1, norm 2, activation 3, convolution 4.
    private GraphValue Classify(GraphScope scope, GraphValue input)
    {
        GraphValue value = AsppModule.Build(scope.Enter("0"), input, _spec.Aspp);
        value = scope.Convolution("1", value, new Convolution
        {
            OutChannels = _spec.Aspp.Channels,
            Kernel = 3,
            Padding = 1,
            HasBias = _spec.Normalization.IsNone,
        });
        value = scope.Normalize("2", value, _spec.Normalization);
        value = scope.Activate("3", value, Activation.Relu);
        return scope.Convolution("4", value, new Convolution { OutChannels = _spec.Classes, Kernel = 1, HasBias = true });
    }
}
