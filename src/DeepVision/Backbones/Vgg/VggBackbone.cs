using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>The network that a <see cref="VggSpec"/> describes, with torchvision's parameter names (<c>features.0.weight</c>).</summary>
internal sealed class VggBackbone : Backbone
{
    private readonly VggSpec _spec;

    /// <summary>Creates the backbone.</summary>
    /// <exception cref="ModelBuildException">The spec has not five stages of at least one convolution and one channel.</exception>
    public VggBackbone(VggSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        spec.Validate();
        _spec = spec;

        // Pools leave out a last row or column that is alone.
        Features =
        [
            .. Enumerable.Range(1, VggSpec.Stages - 1).Select(stage => FeatureInfo.BackboneMap(stage, spec.Widths[stage]) with { RoundsDown = true }),
            FeatureInfo.BackboneMap(VggSpec.Stages, spec.Widths[^1]) with { RoundsDown = true },
        ];
    }

    /// <inheritdoc/>
    public override string Name => _spec.Name;

    /// <inheritdoc/>
    public override int InputChannels => _spec.InputChannels;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Features { get; }

    /// <inheritdoc/>
    public override string ClassifierPath => "classifier";

    /// <inheritdoc/>
    public override string FeaturesPath => "features";

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(image);

        // torchvision numbers the layers of one sequence: convolution, norm if any, activation, pool.
        int layer = 0;
        GraphValue value = image;
        var outputs = new List<GraphValue>();
        for (int stage = 0; stage < VggSpec.Stages; stage++)
        {
            value = VggStage.Build(scope, _spec, stage, ref layer, value);
            if (stage > 0)
            {
                outputs.Add(value);
            }

            value = scope.Add($"{layer++}", new MaxPool { Kernel = 2, Stride = 2 }, value);
        }

        outputs.Add(value);
        return outputs;
    }
}
