using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;

namespace DeepVision.Heads;

/// <summary>The detection head that a <see cref="FastestDetHeadSpec"/> describes, with the names of FastestDet's checkpoint.</summary>
internal sealed class FastestDetHead : Head
{
    private readonly FastestDetHeadSpec _spec;
    private readonly FastestDetDecoder _decoder;

    /// <summary>Creates the head.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no class.</exception>
    public FastestDetHead(FastestDetHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Decoding);
        _spec = spec;
        _decoder = new FastestDetDecoder(spec.Classes, spec.Decoding);
    }

    /// <inheritdoc/>
    public override string Name => "FastestDet head";

    /// <summary>The backbone under <c>backbone</c>, the head under <c>detect_head</c>, the neck at the root.</summary>
    public override WeightLayout Layout { get; } = new() { BackbonePath = "backbone", HeadPath = "detect_head" };

    /// <inheritdoc/>
    public override void Connect(IReadOnlyList<FeatureInfo> features)
    {
        FeatureRequirements.RequireMaps(features);
        if (features.Count != 1)
        {
            FeatureRequirements.Fail("one map, as FastestDet's neck gives", features);
        }
    }

    /// <inheritdoc/>
    public override HeadOutputs Build(GraphScope scope, IReadOnlyList<FeatureMap> features, HeadContext context)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(context);
        string level = features[0].Info.Name;
        var block = new FastestDetBlocks(_spec.Activation, _spec.Normalization);
        GraphValue shared = block.Pointwise(scope.Enter("conv1x1"), features[0].Value, features[0].Value.Channels);
        GraphOutput[] outputs =
        [
            new(FastestDetTask.ObjectnessOutput(level), Predict("obj_layers", 1)),
            new(FastestDetTask.BoxesOutput(level), Predict("reg_layers", 4)),
            new(FastestDetTask.LogitsOutput(level), Predict("cls_layers", _spec.Classes)),
        ];
        return new HeadOutputs(outputs, new FastestDetTask(ClassLabels.Resolve(context.Labels, _spec.Classes, Name), _decoder, level));

        GraphValue Predict(string name, int channels)
        {
            GraphScope sequence = scope.Enter(name).Enter("conv5x5");
            return block.Project(sequence, 3, block.Depthwise(sequence, shared, count: 1), channels);
        }
    }
}
