using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Heads;

/// <summary>The convolutional classifier that a <see cref="SqueezeNetHeadSpec"/> describes, with torchvision's name (<c>classifier.1</c>).</summary>
internal sealed class SqueezeNetHead : Head
{
    private readonly SqueezeNetHeadSpec _spec;

    /// <summary>Creates the head.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no class.</exception>
    public SqueezeNetHead(SqueezeNetHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Classes, 1);
        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "SqueezeNet head";

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

        // One sequence in torchvision: dropout 0, convolution 1, ReLU 2, pooling 3.
        GraphScope classifier = scope.Enter("classifier");
        GraphValue value = classifier.Add("0", new Dropout { Probability = _spec.Dropout }, features[^1].Value);
        value = classifier.Convolution("1", value, new Convolution
        {
            OutChannels = _spec.Classes,
            Kernel = 1,
            HasBias = true,
            WeightInitializer = Initializer.Normal(0.01f),
            BiasInitializer = Initializer.Zero,
        });
        value = classifier.Activate("2", value, Activation.Relu);
        value = classifier.Add("3", new AdaptivePool { Kind = PoolingKind.Average, Size = 1 }, value);
        GraphValue logits = scope.Add("flatten", new Flatten { KnownArea = 1 }, value);
        var task = new ClassificationTask(ClassLabels.Resolve(context.Labels, _spec.Classes, Name));
        return new HeadOutputs([new(ClassificationTask.LogitsOutput, logits)], task);
    }
}
