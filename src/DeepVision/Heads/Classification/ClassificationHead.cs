using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Heads;

/// <summary>The classifier that a <see cref="ClassificationHeadSpec"/> describes.</summary>
internal sealed class ClassificationHead : Head
{
    private readonly ClassificationHeadSpec _spec;

    /// <summary>Creates the head.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of the spec is out of its range.</exception>
    public ClassificationHead(ClassificationHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Classes, 1);
        ArgumentException.ThrowIfNullOrEmpty(spec.BottleneckPath);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.BottleneckFeatures ?? 1, 1, nameof(spec.BottleneckFeatures));
        if (!(spec.Temperature > 0) || !float.IsFinite(spec.Temperature))
        {
            throw new ArgumentOutOfRangeException(nameof(spec), spec.Temperature, "A temperature must be a finite number above 0.");
        }

        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "classification head";

    /// <inheritdoc/>
    public override bool ReadsClassifierFeature => true;

    /// <inheritdoc/>
    public override WeightLayout Layout => WeightLayout.Classifier;

    /// <inheritdoc/>
    public override void Connect(IReadOnlyList<FeatureInfo> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count == 0)
        {
            FeatureRequirements.Fail("a feature map or a vector", features);
        }
    }

    /// <inheritdoc/>
    public override HeadOutputs Build(GraphScope scope, IReadOnlyList<FeatureMap> features, HeadContext context)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(context);
        GraphValue value = features[^1].Value;
        if (features[^1].Info.Kind == FeatureKind.Map)
        {
            value = scope.Add("avgpool", new AdaptivePool { Kind = _spec.Pooling, Size = 1 }, value);
            value = scope.Add("flatten", new Flatten { KnownArea = 1 }, value);
        }

        value = scope.Normalize(_spec.NormalizationPath, value, _spec.Normalization);
        if (_spec.BottleneckFeatures is { } length)
        {
            value = Linear(scope, _spec.BottleneckPath, value, length);
            value = scope.Activate("bottleneck_activation", value, _spec.BottleneckActivation);
        }

        GraphValue embedding = value;
        if (_spec.Dropout != 0)
        {
            value = scope.Add("dropout", new Dropout { Probability = _spec.Dropout }, value);
        }

        GraphValue logits = Linear(scope, _spec.Path ?? context.ClassifierPath, value, _spec.Classes);
        if (_spec.Temperature != 1)
        {
            logits = scope.Add("temperature", new Scale { Factor = 1 / _spec.Temperature }, logits);
        }

        var task = new ClassificationTask(ClassLabels.Resolve(context.Labels, _spec.Classes, Name)) { HasEmbedding = true };
        return new HeadOutputs(
            [new(ClassificationTask.LogitsOutput, logits), new(ClassificationTask.EmbeddingOutput, embedding)], task);
    }

    private GraphValue Linear(GraphScope scope, string path, GraphValue input, int features) =>
        scope.Add(
            path,
            new Linear
            {
                InFeatures = input.Channels,
                OutFeatures = features,
                WeightInitializer = _spec.WeightInitializer,
                BiasInitializer = _spec.WeightInitializer is null ? null : Initializer.Zero,
            },
            input);
}
