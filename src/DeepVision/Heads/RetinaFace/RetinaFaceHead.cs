using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Heads;

/// <summary>The face head that a <see cref="RetinaFaceHeadSpec"/> describes, with the PyTorch RetinaFace's names: <c>ClassHead.0.conv1x1</c> ...</summary>
internal sealed class RetinaFaceHead : Head
{
    private readonly RetinaFaceHeadSpec _spec;
    private readonly RetinaFaceDecoder _decoder;

    /// <summary>Creates the head.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of the spec is out of its range.</exception>
    public RetinaFaceHead(RetinaFaceHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Anchors);
        ArgumentNullException.ThrowIfNull(spec.Decoding);
        ArgumentOutOfRangeException.ThrowIfNegative(spec.LowestLevel);
        _spec = spec;
        _decoder = new RetinaFaceDecoder(spec.Anchors, spec.LowestLevel, spec.Classes, spec.Decoding);
    }

    /// <inheritdoc/>
    public override string Name => "RetinaFace head";

    /// <inheritdoc/>
    public override LevelRange? WantedLevels => _spec.Levels;

    /// <summary>The body under <c>body</c>; necks and heads at the root.</summary>
    public override WeightLayout Layout { get; } = new() { BackbonePath = "body" };

    /// <inheritdoc/>
    public override void Connect(IReadOnlyList<FeatureInfo> features)
    {
        FeatureRequirements.RequirePyramid(features, _spec.Levels);
    }

    /// <inheritdoc/>
    public override HeadOutputs Build(GraphScope scope, IReadOnlyList<FeatureMap> features, HeadContext context)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(context);
        var outputs = new List<GraphOutput>();
        foreach ((int i, FeatureMap feature) in features.Index())
        {
            string level = feature.Info.Name;
            int anchors = _spec.Anchors.Levels[i].AnchorsPerLocation;
            outputs.Add(new(RetinaFaceTask.LogitsOutput(level), Predict("ClassHead", anchors * (_spec.Classes + 1))));
            outputs.Add(new(RetinaFaceTask.DeltasOutput(level), Predict("BboxHead", anchors * 4)));
            outputs.Add(new(RetinaFaceTask.LandmarksOutput(level), Predict("LandmarkHead", anchors * 2 * RetinaFaceDecoder.LandmarkCount)));

            GraphValue Predict(string head, int channels) => scope.Enter(head).Enter($"{i}")
                .Convolution("conv1x1", feature.Value, new Convolution { OutChannels = channels, Kernel = 1, HasBias = true });
        }

        IReadOnlyList<string> labels = ClassLabels.Resolve(context.Labels, _spec.Classes, Name);
        return new HeadOutputs(outputs, new RetinaFaceTask(labels, _decoder, [.. features.Select(feature => feature.Info.Name)]));
    }
}
