using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>The network that a <see cref="VggSpec"/> describes, with torchvision's parameter names (<c>features.0.weight</c>).</summary>
public sealed class VggBackbone : Backbone
{
    private const int Stages = 5;

    private readonly VggSpec _spec;

    /// <summary>Creates the backbone.</summary>
    /// <exception cref="ModelBuildException">The spec has not five stages of at least one convolution and one channel.</exception>
    public VggBackbone(VggSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Name);
        if (spec.Depths is not { Count: Stages } || spec.Widths is not { Count: Stages }
            || spec.Depths.Concat(spec.Widths).Any(number => number < 1) || spec.InputChannels < 1)
        {
            throw new ModelBuildException(
                $"A VGG needs five stages of at least one convolution and one channel; found depths [{string.Join(", ", spec.Depths ?? [])}], "
                + $"widths [{string.Join(", ", spec.Widths ?? [])}], {spec.InputChannels} input channels.")
            {
                Component = spec.Name,
            };
        }

        _spec = spec;
        Features =
        [
            .. Enumerable.Range(1, Stages - 1).Select(stage => FeatureInfo.BackboneMap(stage, spec.Widths[stage])),
            FeatureInfo.BackboneMap(Stages, spec.Widths[Stages - 1]),
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
        for (int stage = 0; stage < Stages; stage++)
        {
            for (int i = 0; i < _spec.Depths[stage]; i++)
            {
                value = scope.Convolution($"{layer++}", value, new Convolution
                {
                    OutChannels = _spec.Widths[stage],
                    Kernel = 3,
                    Padding = 1,
                    HasBias = true,
                    WeightInitializer = Initializer.KaimingNormalFanOut(_spec.Widths[stage] * 9),
                    BiasInitializer = Initializer.Zero,
                });
                if (!_spec.Normalization.IsNone)
                {
                    value = scope.Normalize($"{layer++}", value, _spec.Normalization);
                }

                value = scope.Activate($"{layer++}", value, Activation.Relu);
            }

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
