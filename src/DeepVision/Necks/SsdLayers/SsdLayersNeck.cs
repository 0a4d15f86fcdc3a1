using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Necks;

/// <summary>The extra layers that an <see cref="SsdLayersSpec"/> describes, with torchvision's parameter names (<c>extra.1.0.weight</c>).</summary>
internal sealed class SsdLayersNeck : Neck
{
    // SSDLite's layers start like torchvision's.
    private const float SeparableDeviation = 0.03f;

    private readonly SsdLayersSpec _spec;

    /// <summary>Creates the neck.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no layer, or a number is out of its range.</exception>
    public SsdLayersNeck(SsdLayersSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Layers);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Layers.Count, 1, nameof(spec));
        ArgumentOutOfRangeException.ThrowIfNegative(spec.FirstNumber);
        foreach (SsdLayer layer in spec.Layers)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(layer.Channels, 1, nameof(spec));
            ArgumentOutOfRangeException.ThrowIfLessThan(layer.HiddenChannels, 1, nameof(spec));
        }

        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "SSD layers";

    /// <inheritdoc/>
    public override string ScopeName => "extra";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        IReadOnlyList<FeatureInfo> inputs = SelectInputs(features);
        List<FeatureInfo> stated = [.. inputs.Select(input => input.ToNeckMap())];
        foreach ((int index, SsdLayer layer) in _spec.Layers.Index())
        {
            // Without padding and stride, the map keeps its level and loses two pixels; it is named by its number all the same.
            FeatureInfo before = stated[^1];
            (int level, int missing) = layer.IsUnpadded
                ? (before.Level, before.MissingPixels + 2)
                : (before.Level + 1, (before.MissingPixels + 1) / 2);
            FeatureInfo map = FeatureInfo.DilatedBackboneMap(inputs[^1].Level + 1 + index, level, layer.Channels);
            stated.Add(map.ToNeckMap() with { MissingPixels = missing });
        }

        return stated;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        IReadOnlyList<FeatureInfo> selected = SelectInputs([.. features.Select(feature => feature.Info)]);
        List<GraphValue> values = [.. features.Where(feature => selected.Contains(feature.Info)).Select(feature => feature.Value)];
        foreach ((int index, SsdLayer layer) in _spec.Layers.Index())
        {
            GraphScope numbered = scope.Enter($"{_spec.FirstNumber + index}");
            values.Add(_spec.IsSeparable ? Separable(numbered, values[^1], layer) : Full(numbered, values[^1], layer));
        }

        return values;
    }

    private IReadOnlyList<FeatureInfo> SelectInputs(IReadOnlyList<FeatureInfo> features)
    {
        FeatureRequirements.RequireMaps(features);
        return FeatureRequirements.Select(features, _spec.Levels ?? new LevelRange(features[0].Level, features[^1].Level));
    }

    // One sequence: convolution 0, norm if any, activation, convolution, norm if any, activation.
    private GraphValue Full(GraphScope scope, GraphValue input, SsdLayer layer)
    {
        int number = 0;
        GraphValue value = Then(scope, ref number, input, layer.HiddenChannels, Window(1));
        return Then(scope, ref number, value, layer.Channels, Shrinking(layer));
    }

    // Three blocks of convolution 0, norm 1 and activation 2.
    private GraphValue Separable(GraphScope scope, GraphValue input, SsdLayer layer)
    {
        GraphValue value = Block(scope.Enter("0"), input, layer.HiddenChannels, Window(1));
        value = Block(scope.Enter("1"), value, layer.HiddenChannels, Shrinking(layer) with { Groups = layer.HiddenChannels });
        return Block(scope.Enter("2"), value, layer.Channels, Window(1));
    }

    private GraphValue Block(GraphScope scope, GraphValue input, int channels, Convolution window)
    {
        int number = 0;
        return Then(scope, ref number, input, channels, window);
    }

    private GraphValue Then(GraphScope scope, ref int number, GraphValue input, int channels, Convolution window)
    {
        int area = window.Kernel.Area;
        GraphValue value = scope.Convolution($"{number++}", input, window with
        {
            OutChannels = channels,
            HasBias = _spec.Normalization.IsNone,
            WeightInitializer = _spec.IsSeparable
                ? Initializer.Normal(SeparableDeviation)
                : Initializer.XavierUniform(input.Channels * area, channels * area),
            BiasInitializer = Initializer.Zero,
        });
        if (!_spec.Normalization.IsNone)
        {
            value = scope.Normalize($"{number++}", value, _spec.Normalization);
        }

        return scope.Activate($"{number++}", value, _spec.Activation);
    }

    private static Convolution Window(int kernel) => new() { OutChannels = 1, Kernel = kernel };

    private static Convolution Shrinking(SsdLayer layer) => layer.IsUnpadded ? Window(3) : Window(3) with { Stride = 2, Padding = 1 };
}
