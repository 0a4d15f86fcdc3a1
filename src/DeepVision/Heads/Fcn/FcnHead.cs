using DeepVision.Components;
using DeepVision.Graphs;

namespace DeepVision.Heads;

/// <summary>The segmentation head that an <see cref="FcnHeadSpec"/> describes, with torchvision's parameter names.</summary>
internal sealed class FcnHead : Head
{
    private readonly FcnHeadSpec _spec;

    /// <summary>Creates the head.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of the spec is out of its range.</exception>
    public FcnHead(FcnHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Classes, 1);
        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "FCN head";

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
        GraphValue logits = Classify("classifier", _spec.Feature);
        GraphValue? auxiliary = _spec.AuxiliaryFeature is { } feature ? Classify("aux_classifier", feature) : null;
        return SegmentationOutputs.Give(scope, logits, auxiliary, context, _spec.Classes, Name);

        GraphValue Classify(string path, string? name) => FcnClassifier.Build(
            scope.Enter(path), SegmentationOutputs.Find(features, name), _spec.Classes, _spec.Normalization, _spec.Dropout);
    }
}
