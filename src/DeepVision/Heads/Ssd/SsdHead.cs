using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Heads;

/// <summary>The detection head that an <see cref="SsdHeadSpec"/> describes, with torchvision's parameter names.</summary>
internal sealed class SsdHead : Head
{
    private const float SeparableDeviation = 0.03f;

    private readonly SsdHeadSpec _spec;
    private readonly SsdDecoder _decoder;

    /// <summary>Creates the head.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of the spec is out of its range.</exception>
    public SsdHead(SsdHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Boxes);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Decoding);
        _spec = spec;
        _decoder = new SsdDecoder(spec.Boxes, spec.Classes, spec.Decoding);
    }

    /// <inheritdoc/>
    public override string Name => _spec.IsSeparable ? "SSDLite head" : "SSD head";

    /// <inheritdoc/>
    public override WeightLayout Layout { get; } =
        new() { BackbonePath = "backbone", NeckPath = "backbone", HeadPath = "head", KeepsFeaturesPath = true };

    /// <inheritdoc/>
    public override void Connect(IReadOnlyList<FeatureInfo> features)
    {
        FeatureRequirements.RequireMaps(features);
        if (features.Count != _spec.Boxes.Levels.Count)
        {
            FeatureRequirements.Fail($"{_spec.Boxes.Levels.Count} maps, one for each level of default boxes", features);
        }
    }

    /// <inheritdoc/>
    public override HeadOutputs Build(GraphScope scope, IReadOnlyList<FeatureMap> features, HeadContext context)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(context);
        IReadOnlyList<string> labels = ClassLabels.Resolve(context.Labels, _spec.Classes, Name);
        GraphScope classes = scope.Enter("classification_head").Enter("module_list");
        GraphScope boxes = scope.Enter("regression_head").Enter("module_list");
        var outputs = new List<GraphOutput>();
        foreach ((int index, FeatureMap feature) in features.Index())
        {
            int anchors = _spec.Boxes.Levels[index].BoxesPerLocation;
            string level = feature.Info.Name;
            outputs.Add(new(SsdTask.LogitsOutput(level), Predict(classes, index, feature.Value, checked(anchors * _spec.Classes))));
            outputs.Add(new(SsdTask.DeltasOutput(level), Predict(boxes, index, feature.Value, anchors * 4)));
        }

        string[] levels = [.. features.Select(feature => feature.Info.Name)];
        return new HeadOutputs(outputs, new SsdTask(labels, _decoder, levels) { InputSize = _spec.InputSize });
    }

    private GraphValue Predict(GraphScope list, int index, GraphValue input, int channels)
    {
        if (!_spec.IsSeparable)
        {
            return Convolve(list, $"{index}", input, channels, kernel: 3, Initializer.XavierUniform(input.Channels * 9, channels * 9));
        }

        GraphScope block = list.Enter($"{index}");
        GraphScope depthwise = block.Enter("0");
        GraphValue value = depthwise.Convolution("0", input, new Convolution
        {
            OutChannels = input.Channels,
            Kernel = 3,
            Padding = 1,
            Groups = input.Channels,
            HasBias = _spec.Normalization.IsNone,
            WeightInitializer = Initializer.Normal(SeparableDeviation),
            BiasInitializer = Initializer.Zero,
        });
        value = depthwise.Normalize("1", value, _spec.Normalization);
        value = depthwise.Activate("2", value, Activation.Relu6);
        return Convolve(block, "1", value, channels, kernel: 1, Initializer.Normal(SeparableDeviation));
    }

    private static GraphValue Convolve(GraphScope scope, string name, GraphValue input, int channels, int kernel, Initializer weight) =>
        scope.Convolution(name, input, new Convolution
        {
            OutChannels = channels,
            Kernel = kernel,
            Padding = kernel / 2,
            HasBias = true,
            WeightInitializer = weight,
            BiasInitializer = Initializer.Zero,
        });
}
