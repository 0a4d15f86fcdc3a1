using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>
/// The network that an <see cref="SsdVggSpec"/> describes, with torchvision's parameter names: <c>features</c> to the fourth stage,
/// <c>scale_weight</c>, and <c>extra.0</c> from there on, of which number 7 stands for the fully connected layers.
/// </summary>
internal sealed class SsdVggBackbone : Backbone
{
    // Stages in `features`, the others begin `extra.0`; and the stage whose pool rounds up.
    private const int FeatureStages = 4;
    private const int CeilingStage = 2;

    private readonly SsdVggSpec _spec;

    /// <summary>Creates the backbone.</summary>
    /// <exception cref="ModelBuildException">The VGG has not five stages of at least one convolution and one channel.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of the spec is out of its range.</exception>
    public SsdVggBackbone(SsdVggSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Name);
        ArgumentNullException.ThrowIfNull(spec.Vgg);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.FullyConnectedChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Dilation, 1);
        spec.Vgg.Validate();
        _spec = spec;
        Features =
        [
            FeatureInfo.BackboneMap(3, spec.Vgg.Widths[FeatureStages - 1]) with { RoundsDown = true },
            FeatureInfo.BackboneMap(4, spec.FullyConnectedChannels) with { RoundsDown = true },
        ];
    }

    /// <inheritdoc/>
    public override string Name => _spec.Name;

    /// <inheritdoc/>
    public override int InputChannels => _spec.Vgg.InputChannels;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Features { get; }

    /// <inheritdoc/>
    public override string ClassifierPath => "classifier";

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(image);
        GraphScope features = scope.Enter("features");
        int layer = 0;
        GraphValue value = image;
        for (int stage = 0; stage < FeatureStages; stage++)
        {
            value = VggStage.Build(features, _spec.Vgg, stage, ref layer, value);
            if (stage < FeatureStages - 1)
            {
                value = features.Add($"{layer++}", new MaxPool { Kernel = 2, Stride = 2, CeilMode = stage == CeilingStage }, value);
            }
        }

        GraphValue unitLength = scope.Add("normalize", new L2Normalize(), value);
        GraphValue fine = scope.Add("scale_weight", new ChannelScale { InitialFactor = _spec.InitialScale }, unitLength);

        GraphScope rest = scope.Enter("extra").Enter("0");
        layer = 0;
        value = rest.Add($"{layer++}", new MaxPool { Kernel = 2, Stride = 2 }, value);
        value = VggStage.Build(rest, _spec.Vgg, FeatureStages, ref layer, value);
        GraphScope connected = rest.Enter($"{layer}");
        value = connected.Add("0", new MaxPool { Kernel = 3, Stride = 1, Padding = 1 }, value);
        value = Convolve(connected, "1", value, kernel: 3, _spec.Dilation);
        value = connected.Activate("2", value, Activation.Relu);
        value = Convolve(connected, "3", value, kernel: 1, dilation: 1);
        return [fine, connected.Activate("4", value, Activation.Relu)];
    }

    private GraphValue Convolve(GraphScope scope, string name, GraphValue input, int kernel, int dilation) =>
        scope.Convolution(name, input, new Convolution
        {
            OutChannels = _spec.FullyConnectedChannels,
            Kernel = kernel,
            Padding = kernel / 2 * dilation,
            Dilation = dilation,
            HasBias = true,
            WeightInitializer = Initializer.XavierUniform(input.Channels * kernel * kernel, _spec.FullyConnectedChannels * kernel * kernel),
            BiasInitializer = Initializer.Zero,
        });
}
