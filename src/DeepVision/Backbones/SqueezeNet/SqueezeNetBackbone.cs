using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>The network that a <see cref="SqueezeNetSpec"/> describes, with torchvision's parameter names (<c>features.0.weight</c>).</summary>
internal sealed class SqueezeNetBackbone : Backbone
{
    private const int Stages = 3;

    // Channels of each fire module: squeezed, and of each half of what they expand to.
    private static readonly (int Squeezed, int Expanded)[] Fires =
    [
        (16, 64), (16, 64), (32, 128), (32, 128), (48, 192), (48, 192), (64, 256), (64, 256),
    ];

    private readonly SqueezeNetSpec _spec;

    /// <summary>Creates the backbone.</summary>
    /// <exception cref="ModelBuildException">The spec describes no network: the message says which of its numbers are out of range.</exception>
    public SqueezeNetBackbone(SqueezeNetSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Name);
        if (spec.Depths is not { Count: Stages } || spec.Depths.Any(depth => depth < 1) || spec.Depths.Sum() != Fires.Length
            || spec.StemChannels < 1 || spec.StemKernel is not (3 or 7) || spec.InputChannels < 1)
        {
            throw new ModelBuildException(
                $"A SqueezeNet needs {Fires.Length} fire modules on three strides, a first window of 3 or 7 pixels, and stem channels and "
                + $"input channels of at least 1; found depths [{string.Join(", ", spec.Depths ?? [])}], a window of {spec.StemKernel}, "
                + $"{spec.StemChannels} stem channels, {spec.InputChannels} input channels.")
            {
                Component = spec.Name,
            };
        }

        _spec = spec;

        // What the windows without padding cost each map.
        int missing = spec.StemKernel == 7 ? 2 : 1;
        Features = [.. Enumerable.Range(0, Stages).Select(stage => FeatureInfo.BackboneMap(stage + 2, ChannelsOf(stage)) with { MissingPixels = missing })];
    }

    /// <inheritdoc/>
    public override string Name => _spec.Name;

    /// <inheritdoc/>
    public override int InputChannels => _spec.InputChannels;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Features { get; }

    /// <inheritdoc/>
    public override string ClassifierPath => "classifier.1";

    /// <inheritdoc/>
    public override string FeaturesPath => "features";

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(image);

        // torchvision numbers the convolution, its activation, the pools and the fire modules in one sequence; a norm comes between.
        int layer = 0;
        GraphValue value = Convolve(scope, $"{layer++}", image, _spec.StemChannels, _spec.StemKernel, stride: 2);
        if (!_spec.Normalization.IsNone)
        {
            value = scope.Normalize($"{layer++}", value, _spec.Normalization);
        }

        value = scope.Activate($"{layer++}", value, _spec.Activation);
        var features = new List<GraphValue>();
        int fire = 0;
        foreach (int depth in _spec.Depths)
        {
            value = scope.Add($"{layer++}", new MaxPool { Kernel = 3, Stride = 2, CeilMode = true }, value);
            for (int i = 0; i < depth; i++)
            {
                (int squeezed, int expanded) = Fires[fire++];
                value = Fire(scope.Enter($"{layer++}"), value, squeezed, expanded);
            }

            features.Add(value);
        }

        return features;
    }

    // The last fire module's two halves.
    private int ChannelsOf(int stage) => 2 * Fires[_spec.Depths.Take(stage + 1).Sum() - 1].Expanded;

    private GraphValue Fire(GraphScope scope, GraphValue input, int squeezed, int expanded)
    {
        GraphValue value = Unit(scope, "squeeze", input, squeezed, kernel: 1);
        GraphValue small = Unit(scope, "expand1x1", value, expanded, kernel: 1);
        GraphValue large = Unit(scope, "expand3x3", value, expanded, kernel: 3);
        return scope.Add("concatenate", new Concatenate(), small, large);
    }

    private GraphValue Unit(GraphScope scope, string name, GraphValue input, int channels, int kernel)
    {
        GraphValue value = Convolve(scope, name, input, channels, kernel, padding: kernel / 2);
        value = scope.Normalize($"{name}_norm", value, _spec.Normalization);
        return scope.Activate($"{name}_activation", value, _spec.Activation);
    }

    private GraphValue Convolve(GraphScope scope, string name, GraphValue input, int channels, int kernel, int stride = 1, int padding = 0) =>
        scope.Convolution(name, input, new Convolution
        {
            OutChannels = channels,
            Kernel = kernel,
            Stride = stride,
            Padding = padding,
            HasBias = _spec.Normalization.IsNone,
            WeightInitializer = Initializer.Uniform(MathF.Sqrt(6f / (input.Channels * kernel * kernel))),
            BiasInitializer = Initializer.Zero,
        });
}
