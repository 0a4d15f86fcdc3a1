using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Heads;

/// <summary>The two-stage detection head that a <see cref="FasterRcnnHeadSpec"/> describes, with torchvision's parameter names.</summary>
internal sealed class FasterRcnnHead : Head
{
    private readonly FasterRcnnHeadSpec _spec;
    private readonly int _anchors;

    /// <summary>Creates the head.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of the spec is out of its range.</exception>
    /// <exception cref="ModelBuildException">
    /// The levels have different numbers of anchors at a pixel, which one set of parameters cannot serve; or there are not as many
    /// names as levels.
    /// </exception>
    public FasterRcnnHead(FasterRcnnHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Anchors);
        ArgumentNullException.ThrowIfNull(spec.Proposals);
        ArgumentNullException.ThrowIfNull(spec.RoiAlign);
        ArgumentNullException.ThrowIfNull(spec.BoxConvolutions);
        ArgumentNullException.ThrowIfNull(spec.BoxNormalization);
        ArgumentNullException.ThrowIfNull(spec.Decoding);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Classes, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(spec.LowestLevel);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.ProposalDepth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.HiddenFeatures, 1);
        foreach (int channels in spec.BoxConvolutions)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1, nameof(spec.BoxConvolutions));
        }

        int[] counts = [.. spec.Anchors.Levels.Select(level => level.AnchorsPerLocation)];
        if (counts.Distinct().Count() != 1 || counts.Length < 2)
        {
            throw new ModelBuildException(
                $"A Faster R-CNN head needs at least two levels with the same number of anchors; found {string.Join(", ", counts)}.")
            {
                Component = Name,
            };
        }

        if (spec.Features is { } names && names.Count != counts.Length)
        {
            throw new ModelBuildException(
                $"A Faster R-CNN head needs a name for each of its {counts.Length} levels of anchors; found {string.Join(", ", names)}.")
            {
                Component = Name,
            };
        }

        _spec = spec;
        _anchors = counts[0];
    }

    /// <inheritdoc/>
    public override string Name => "Faster R-CNN head";

    /// <inheritdoc/>
    public override LevelRange? WantedLevels => _spec.Features is null ? _spec.Levels : null;

    /// <inheritdoc/>
    public override WeightLayout Layout => WeightLayout.TwoStageDetector;

    /// <inheritdoc/>
    public override void Connect(IReadOnlyList<FeatureInfo> features)
    {
        if (_spec.Features is { } names)
        {
            IReadOnlyList<FeatureInfo> named = FeatureRequirements.Select(features, names);
            FeatureRequirements.RequireEqualChannels(named);
            if (named.Any(feature => feature.MissingPixels > 0))
            {
                FeatureRequirements.Fail($"maps {string.Join(", ", names)} as large as their strides say", features);
            }

            return;
        }

        FeatureRequirements.RequirePyramid(features, _spec.Levels);
        FeatureRequirements.RequireEqualChannels(features);
    }

    /// <inheritdoc/>
    public override HeadOutputs Build(GraphScope scope, IReadOnlyList<FeatureMap> features, HeadContext context)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(context);
        GraphScope proposals = scope.Enter("rpn").Enter("head");
        if (_spec.Features is { } names)
        {
            features = [.. names.Select(name => features.First(feature => feature.Info.Name == name))];
        }

        FeatureMap[] pooled = [.. features.SkipLast(1)];
        var outputs = new List<GraphOutput>(pooled.Select(feature => new GraphOutput(feature.Info.Name, feature.Value)));
        foreach (FeatureMap feature in features)
        {
            GraphScope level = proposals.Tagged(feature.Info.Name);
            GraphValue value = feature.Value;
            for (int i = 0; i < _spec.ProposalDepth; i++)
            {
                GraphScope layer = level.Enter("conv").Enter($"{i}");
                value = layer.Activate("1", ProposalLayer(layer, "0", value, value.Channels, kernel: 3), Activation.Relu);
            }

            outputs.Add(new(FasterRcnnTask.ObjectnessOutput(feature.Info.Name), ProposalLayer(level, "cls_logits", value, _anchors, kernel: 1)));
            outputs.Add(new(FasterRcnnTask.AnchorDeltasOutput(feature.Info.Name), ProposalLayer(level, "bbox_pred", value, _anchors * 4, kernel: 1)));
        }

        int channels = features[0].Info.Channels;
        var decoder = new ProposalDecoder(_spec.Anchors, _spec.Proposals);
        var step = new RegionStep(decoder, _spec.RoiAlign, [.. features.Select(f => f.Info.Name)], pooled.Length, channels);
        IReadOnlyList<string> labels = ClassLabels.Resolve(context.Labels, _spec.Classes, Name);
        return new HeadOutputs(outputs, new FasterRcnnTask(labels, new FasterRcnnDecoder(_spec.Classes, _spec.Decoding)))
        {
            Stages = [new HeadStage("roi_heads", channels, step, BuildBoxHead)],
        };
    }

    // Before version 2 of its state dict, torchvision's proposal network had one plain convolution.
    /// <inheritdoc/>
    public override IEnumerable<KeyRename> FormerKeys() =>
        from kind in new[] { "weight", "bias" }
        select new KeyRename($"rpn.head.conv.{kind}", $"rpn.head.conv.0.0.{kind}");

    private static GraphValue ProposalLayer(GraphScope scope, string name, GraphValue input, int channels, int kernel) =>
        scope.Convolution(name, input, new Convolution
        {
            OutChannels = channels,
            Kernel = kernel,
            Padding = kernel / 2,
            HasBias = true,
            WeightInitializer = Initializer.Normal(0.01f),
            BiasInitializer = Initializer.Zero,
        });

    private IReadOnlyList<GraphOutput> BuildBoxHead(GraphScope scope, GraphValue regions)
    {
        GraphScope heads = scope.Enter("roi_heads");
        GraphScope head = heads.Enter("box_head");
        GraphValue value = _spec.BoxConvolutions.Count == 0 ? BuildTwoLayers(head, regions) : BuildConvolutions(head, regions);
        GraphScope predictor = heads.Enter("box_predictor");
        return
        [
            new(FasterRcnnTask.LogitsOutput, predictor.Linear("cls_score", value, _spec.Classes)),
            new(FasterRcnnTask.DeltasOutput, predictor.Linear("bbox_pred", value, checked(4 * _spec.Classes))),
        ];
    }

    private GraphValue BuildTwoLayers(GraphScope scope, GraphValue regions)
    {
        GraphValue value = Flattened(scope, "flatten", regions);
        value = scope.Activate("relu6", scope.Linear("fc6", value, _spec.HiddenFeatures), Activation.Relu);
        return scope.Activate("relu7", scope.Linear("fc7", value, _spec.HiddenFeatures), Activation.Relu);
    }

    // One sequence in torchvision: the convolutions, a flattening, a linear layer and its activation.
    private GraphValue BuildConvolutions(GraphScope scope, GraphValue regions)
    {
        GraphValue value = regions;
        int count = _spec.BoxConvolutions.Count;
        for (int i = 0; i < count; i++)
        {
            int channels = _spec.BoxConvolutions[i];
            GraphScope layer = scope.Enter($"{i}");
            value = layer.Convolution("0", value, new Convolution
            {
                OutChannels = channels,
                Kernel = 3,
                Padding = 1,
                HasBias = _spec.BoxNormalization.IsNone,
                WeightInitializer = Initializer.KaimingNormalFanOut(channels * 9),
                BiasInitializer = Initializer.Zero,
            });
            value = layer.Normalize("1", value, _spec.BoxNormalization);
            value = layer.Activate(_spec.BoxNormalization.IsNone ? "1" : "2", value, Activation.Relu);
        }

        value = Flattened(scope, $"{count}", value);
        value = scope.Linear($"{count + 1}", value, _spec.HiddenFeatures);
        return scope.Activate($"{count + 2}", value, Activation.Relu);
    }

    private GraphValue Flattened(GraphScope scope, string name, GraphValue value) =>
        scope.Add(name, new Flatten { KnownArea = _spec.RoiAlign.OutputSize * _spec.RoiAlign.OutputSize }, value);
}
