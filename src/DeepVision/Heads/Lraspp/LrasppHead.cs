using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Heads;

/// <summary>The segmentation head that an <see cref="LrasppHeadSpec"/> describes, with torchvision's parameter names.</summary>
internal sealed class LrasppHead : Head
{
    private readonly LrasppHeadSpec _spec;

    /// <summary>Creates the head.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of the spec is out of its range.</exception>
    public LrasppHead(LrasppHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Classes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Channels, 1);
        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "LR-ASPP head";

    /// <inheritdoc/>
    public override WeightLayout Layout => WeightLayout.Segmenter;

    /// <inheritdoc/>
    public override void Connect(IReadOnlyList<FeatureInfo> features) => Select(features);

    /// <inheritdoc/>
    public override HeadOutputs Build(GraphScope scope, IReadOnlyList<FeatureMap> features, HeadContext context)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(context);
        (int lowIndex, int highIndex) = Select([.. features.Select(feature => feature.Info)]);
        GraphValue low = features[lowIndex].Value;
        GraphValue high = features[highIndex].Value;
        GraphScope classifier = scope.Enter("classifier");

        GraphScope reduction = classifier.Enter("cbr");
        GraphValue value = reduction.Convolution("0", high, Pointwise(_spec.Channels, _spec.Normalization.IsNone));
        value = reduction.Normalize("1", value, _spec.Normalization);
        value = reduction.Activate("2", value, Activation.Relu);

        GraphScope scaling = classifier.Enter("scale");
        GraphValue scale = scaling.Add("0", new AdaptivePool { Kind = PoolingKind.Average, Size = 1 }, high);
        scale = scaling.Convolution("1", scale, Pointwise(_spec.Channels, hasBias: false));
        scale = scaling.Activate("2", scale, Activation.Sigmoid);

        value = classifier.Add("multiply", new Multiply(), value, scale);
        value = classifier.Add("upsample", new UpsampleLike { Mode = UpsampleMode.Bilinear }, value, low);
        GraphValue fine = classifier.Convolution("low_classifier", low, Pointwise(_spec.Classes, hasBias: true));
        GraphValue coarse = classifier.Convolution("high_classifier", value, Pointwise(_spec.Classes, hasBias: true));
        GraphValue logits = classifier.Add("add", new Add(), fine, coarse);
        return SegmentationOutputs.Give(scope, logits, auxiliary: null, context, _spec.Classes, Name);
    }

    private static Convolution Pointwise(int channels, bool hasBias) => new() { OutChannels = channels, Kernel = 1, HasBias = hasBias };

    private (int Low, int High) Select(IReadOnlyList<FeatureInfo> features)
    {
        int high = SegmentationOutputs.IndexOf(features, _spec.HighFeature);
        if (_spec.LowFeature is { } name)
        {
            return (SegmentationOutputs.IndexOf(features, name), high);
        }

        int low = high;
        while (low >= 0 && features[low].Level >= features[high].Level)
        {
            low--;
        }

        if (low < 0)
        {
            FeatureRequirements.Fail($"a map finer than {features[high]}", features);
        }

        return (low, high);
    }
}
