using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Heads;

/// <summary>The three-layer classifier that a <see cref="VggHeadSpec"/> describes, with torchvision's names (<c>classifier.0</c>, 3, 6).</summary>
internal sealed class VggHead : Head
{
    private const int Cells = 7;

    private readonly VggHeadSpec _spec;

    /// <summary>Creates the head.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of the spec is out of its range.</exception>
    public VggHead(VggHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Classes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.HiddenFeatures, 1);
        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "VGG head";

    /// <inheritdoc/>
    public override WeightLayout Layout => WeightLayout.Classifier;

    /// <inheritdoc/>
    public override void Connect(IReadOnlyList<FeatureInfo> features) => FeatureRequirements.RequireMaps(features);

    /// <inheritdoc/>
    public override HeadOutputs Build(GraphScope scope, IReadOnlyList<FeatureMap> features, HeadContext context)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(context);
        GraphValue value = scope.Add("avgpool", new AdaptivePool { Kind = PoolingKind.Average, Size = Cells }, features[^1].Value);
        value = scope.Add("flatten", new Flatten { KnownArea = Cells * Cells }, value);

        // One sequence in torchvision: linear 0, ReLU 1, dropout 2, linear 3, ReLU 4, dropout 5, linear 6.
        GraphScope classifier = scope.Enter("classifier");
        value = Hidden(classifier, 0, value);
        GraphValue embedding = Hidden(classifier, 3, value);
        GraphValue logits = Linear(classifier, 6, Dropped(classifier, 5, embedding), _spec.Classes);

        var task = new ClassificationTask(ClassLabels.Resolve(context.Labels, _spec.Classes, Name)) { HasEmbedding = true };
        return new HeadOutputs(
            [new(ClassificationTask.LogitsOutput, logits), new(ClassificationTask.EmbeddingOutput, embedding)], task);
    }

    private GraphValue Hidden(GraphScope scope, int index, GraphValue input)
    {
        GraphValue source = index == 0 ? input : Dropped(scope, index - 1, input);
        return scope.Activate($"{index + 1}", Linear(scope, index, source, _spec.HiddenFeatures), Activation.Relu);
    }

    private GraphValue Dropped(GraphScope scope, int index, GraphValue input) =>
        scope.Add($"{index}", new Dropout { Probability = _spec.Dropout }, input);

    private static GraphValue Linear(GraphScope scope, int index, GraphValue input, int features) =>
        scope.Add(
            $"{index}",
            new Linear
            {
                InFeatures = input.Channels,
                OutFeatures = features,
                WeightInitializer = Initializer.Normal(0.01f),
                BiasInitializer = Initializer.Zero,
            },
            input);
}
