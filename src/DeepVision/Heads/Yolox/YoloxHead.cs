using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Heads;

/// <summary>The detection head that a <see cref="YoloxHeadSpec"/> describes, with YOLOX's parameter names (<c>stems</c>, <c>cls_convs</c> ...).</summary>
internal sealed class YoloxHead : Head
{
    private const int TowerDepth = 2;

    private readonly YoloxHeadSpec _spec;
    private readonly YoloxDecoder _decoder;

    /// <summary>Creates the head.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of the spec is out of its range.</exception>
    public YoloxHead(YoloxHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Decoding);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.HiddenChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Levels.Count, 1);
        _spec = spec;
        _decoder = new YoloxDecoder(spec.Levels.Lowest, spec.Levels.Count, spec.Classes, spec.Decoding);
    }

    /// <inheritdoc/>
    public override string Name => "YOLOX head";

    /// <inheritdoc/>
    public override LevelRange? WantedLevels => _spec.Levels;

    /// <summary>YOLOX's: the body under <c>backbone.backbone</c>, the neck under <c>backbone</c>, the head under <c>head</c>.</summary>
    public override WeightLayout Layout { get; } = new() { BackbonePath = "backbone.backbone", NeckPath = "backbone", HeadPath = "head" };

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
        var block = new YoloBlocks(_spec.Activation, _spec.Normalization, _spec.IsDepthwise);
        Initializer prior = PriorProbability.Bias;
        var outputs = new List<GraphOutput>();
        foreach ((int i, FeatureMap feature) in features.Index())
        {
            string level = feature.Info.Name;
            GraphValue stem = block.Convolve(scope.Enter("stems").Enter($"{i}"), feature.Value, _spec.HiddenChannels, kernel: 1, stride: 1);
            GraphValue classes = Tower("cls_convs");
            GraphValue boxes = Tower("reg_convs");
            outputs.Add(new(YoloxTask.LogitsOutput(level), Predict("cls_preds", classes, _spec.Classes, prior)));
            outputs.Add(new(YoloxTask.BoxesOutput(level), Predict("reg_preds", boxes, 4, bias: null)));
            outputs.Add(new(YoloxTask.ObjectnessOutput(level), Predict("obj_preds", boxes, 1, prior)));

            GraphValue Tower(string name)
            {
                GraphValue value = stem;
                for (int layer = 0; layer < TowerDepth; layer++)
                {
                    value = block.ConvolveSpatial(scope.Enter(name).Enter($"{i}").Enter($"{layer}"), value, _spec.HiddenChannels, stride: 1);
                }

                return value;
            }

            GraphValue Predict(string name, GraphValue input, int channels, Initializer? bias) => scope.Enter(name).Convolution(
                $"{i}", input, new Convolution { OutChannels = channels, Kernel = 1, HasBias = true, BiasInitializer = bias });
        }

        IReadOnlyList<string> labels = ClassLabels.Resolve(context.Labels, _spec.Classes, Name);
        return new HeadOutputs(outputs, new YoloxTask(labels, _decoder, [.. features.Select(feature => feature.Info.Name)]));
    }
}
