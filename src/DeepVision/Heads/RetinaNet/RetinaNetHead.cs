using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Heads;

/// <summary>The detection head that a <see cref="RetinaNetHeadSpec"/> describes, with torchvision's parameter names.</summary>
internal sealed class RetinaNetHead : Head
{
    private readonly RetinaNetHeadSpec _spec;
    private readonly int _anchors;

    /// <summary>Creates the head.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of the spec is out of its range.</exception>
    /// <exception cref="ModelBuildException">The levels have different numbers of anchors at a pixel, which one set of parameters cannot serve.</exception>
    public RetinaNetHead(RetinaNetHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Anchors);
        ArgumentNullException.ThrowIfNull(spec.Decoding);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Classes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.TowerDepth, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(spec.LowestLevel);
        int[] counts = [.. spec.Anchors.Levels.Select(level => level.AnchorsPerLocation)];
        if (counts.Distinct().Count() != 1)
        {
            throw new ModelBuildException(
                $"A RetinaNet head needs the same number of anchors on every level; found {string.Join(", ", counts)}.") { Component = Name };
        }

        _spec = spec;
        _anchors = counts[0];
    }

    /// <inheritdoc/>
    public override string Name => "RetinaNet head";

    /// <inheritdoc/>
    public override LevelRange? WantedLevels => _spec.Levels;

    /// <inheritdoc/>
    public override void Connect(IReadOnlyList<FeatureInfo> features)
    {
        FeatureRequirements.RequirePyramid(features, _spec.Levels);
        FeatureRequirements.RequireEqualChannels(features);
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
            GraphScope classes = scope.Enter("classification_head").Tagged(feature.Info.Name);
            GraphValue logits = Predict(classes, "cls_logits", feature.Value, checked(_anchors * _spec.Classes), PriorProbability.Bias);
            outputs.Add(new(RetinaNetTask.LogitsOutput(feature.Info.Name), logits));

            GraphScope boxes = scope.Enter("regression_head").Tagged(feature.Info.Name);
            GraphValue deltas = Predict(boxes, "bbox_reg", feature.Value, _anchors * 4, Initializer.Zero);
            outputs.Add(new(RetinaNetTask.DeltasOutput(feature.Info.Name), deltas));
        }

        var task = new RetinaNetTask(
            ClassLabels.Resolve(context.Labels, _spec.Classes, Name),
            new RetinaNetDecoder(_spec.Anchors, _spec.Classes, _spec.Decoding),
            [.. features.Select(feature => feature.Info.Name)]);
        return new HeadOutputs(outputs, task);
    }

    /// <inheritdoc/>
    public override IEnumerable<KeyRename> FormerKeys() =>

        // Before version 2 of its state dict, torchvision's towers were flat sequences: convolution, activation, convolution ...
        from tower in new[] { "classification_head", "regression_head" }
        from i in Enumerable.Range(0, _spec.TowerDepth)
        from kind in new[] { "weight", "bias" }
        select new KeyRename($"{tower}.conv.{2 * i}.{kind}", $"{tower}.conv.{i}.0.{kind}");

    private GraphValue Predict(GraphScope scope, string name, GraphValue input, int channels, Initializer bias)
    {
        GraphValue value = input;
        for (int i = 0; i < _spec.TowerDepth; i++)
        {
            GraphScope layer = scope.Enter("conv").Enter($"{i}");
            value = Convolve(layer, "0", value, value.Channels, _spec.Normalization.IsNone, Initializer.Zero);
            value = layer.Normalize("1", value, _spec.Normalization);
            value = layer.Activate("2", value, Activation.Relu);
        }

        return Convolve(scope, name, value, channels, hasBias: true, bias);
    }

    private static GraphValue Convolve(GraphScope scope, string name, GraphValue input, int channels, bool hasBias, Initializer bias) =>
        scope.Convolution(name, input, new Convolution
        {
            OutChannels = channels,
            Kernel = 3,
            Padding = 1,
            HasBias = hasBias,
            WeightInitializer = Initializer.Normal(0.01f),
            BiasInitializer = bias,
        });
}
