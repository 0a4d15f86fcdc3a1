using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>The network that a <see cref="ShuffleNetV2Spec"/> describes, with torchvision's parameter names, or FastestDet's.</summary>
internal sealed class ShuffleNetV2Backbone : Backbone
{
    private const int Stages = 3;

    private readonly ShuffleNetV2Spec _spec;

    /// <summary>Creates the backbone.</summary>
    /// <exception cref="ModelBuildException">The spec describes no network: the message says which of its numbers are out of range.</exception>
    public ShuffleNetV2Backbone(ShuffleNetV2Spec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Name);
        if (spec.Depths is not { Count: Stages } || spec.Depths.Any(depth => depth < 1) || spec.Widths is not { Count: Stages }
            || spec.Widths.Any(width => width < 2 || width % 2 != 0) || spec.StemChannels < 1 || spec.ClassifierChannels < 1
            || spec.InputChannels < 1 || !Enum.IsDefined(spec.Naming))
        {
            throw new ModelBuildException(
                "A ShuffleNetV2 needs three stages of at least one unit and an even number of channels, and stem channels, classifier "
                + $"channels and input channels of at least 1; found depths [{string.Join(", ", spec.Depths ?? [])}], widths "
                + $"[{string.Join(", ", spec.Widths ?? [])}], {spec.StemChannels} stem channels, {spec.ClassifierChannels} classifier "
                + $"channels, {spec.InputChannels} input channels, naming {spec.Naming}.")
            {
                Component = spec.Name,
            };
        }

        _spec = spec;
        Features =
        [
            FeatureInfo.BackboneMap(2, spec.StemChannels),
            .. spec.Widths.Select((width, stage) => FeatureInfo.BackboneMap(stage + 3, width)),
        ];
        ClassifierFeature = FeatureInfo.FinalMap(5, spec.ClassifierChannels);
    }

    /// <inheritdoc/>
    public override string Name => _spec.Name;

    /// <inheritdoc/>
    public override int InputChannels => _spec.InputChannels;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Features { get; }

    /// <inheritdoc/>
    public override FeatureInfo ClassifierFeature { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(image);
        bool isTorchvision = _spec.Naming == ShuffleNetV2Naming.Torchvision;
        var stem = new Convolution { OutChannels = _spec.StemChannels, Kernel = 3, Stride = 2, Padding = 1 };
        GraphValue value = Convolve(scope.Enter(isTorchvision ? "conv1" : "first_conv"), image, stem);
        value = scope.Add("maxpool", new MaxPool { Kernel = 3, Stride = 2, Padding = 1 }, value);

        var features = new List<GraphValue> { value };
        var unit = new ShuffleNetV2Unit(_spec.Naming, _spec.Activation, _spec.Normalization);
        for (int stage = 0; stage < Stages; stage++)
        {
            for (int i = 0; i < _spec.Depths[stage]; i++)
            {
                value = unit.Build(scope.Enter($"stage{stage + 2}").Enter($"{i}"), value, _spec.Widths[stage], i == 0 ? 2 : 1);
            }

            features.Add(value);
        }

        features.Add(Convolve(scope.Enter("conv5"), value, new Convolution { OutChannels = _spec.ClassifierChannels, Kernel = 1 }));
        return features;
    }

    private GraphValue Convolve(GraphScope scope, GraphValue input, Convolution convolution)
    {
        GraphValue value = scope.Convolution("0", input, convolution with { HasBias = _spec.Normalization.IsNone });
        value = scope.Normalize("1", value, _spec.Normalization);
        return scope.Activate("2", value, _spec.Activation);
    }
}
