using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Necks;

/// <summary>The pyramid that a <see cref="RetinaFaceFpnSpec"/> describes, with the PyTorch RetinaFace's names: <c>output1</c>, <c>merge1</c> ...</summary>
internal sealed class RetinaFaceFpnNeck : Neck
{
    private readonly RetinaFaceFpnSpec _spec;

    /// <summary>Creates the neck.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The channels are below 1.</exception>
    public RetinaFaceFpnNeck(RetinaFaceFpnSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Channels, 1);
        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "RetinaFace FPN";

    /// <inheritdoc/>
    public override string ScopeName => "fpn";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted) =>
        [.. Select(features, wanted).Select(feature => FeatureInfo.NeckMap(feature.Level, _spec.Channels))];

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        IReadOnlyList<FeatureInfo> selected = Select([.. features.Select(feature => feature.Info)], wanted);
        GraphValue[] inputs = [.. features.Where(feature => selected.Contains(feature.Info)).Select(feature => feature.Value)];
        var outputs = new GraphValue[inputs.Length];
        for (int i = inputs.Length - 1; i >= 0; i--)
        {
            outputs[i] = Convolve(scope.Enter($"output{i + 1}"), inputs[i], kernel: 1);
            if (i < inputs.Length - 1)
            {
                GraphScope merge = scope.Enter($"merge{i + 1}");
                GraphValue enlarged = merge.Add("upsample", new UpsampleLike(), outputs[i + 1], outputs[i]);
                outputs[i] = Convolve(merge, merge.Add("add", new Add(), outputs[i], enlarged), kernel: 3);
            }
        }

        return outputs;
    }

    private IReadOnlyList<FeatureInfo> Select(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        FeatureRequirements.RequireMaps(features);
        return FeatureRequirements.Select(features, _spec.Levels ?? wanted ?? new LevelRange(features[0].Level, features[^1].Level));
    }

    private GraphValue Convolve(GraphScope scope, GraphValue input, int kernel)
    {
        GraphValue value = scope.Convolution("0", input, new Convolution
        {
            OutChannels = _spec.Channels,
            Kernel = kernel,
            Padding = kernel / 2,
            HasBias = _spec.Normalization.IsNone,
        });
        value = scope.Normalize("1", value, _spec.Normalization);
        return scope.Activate("2", value, _spec.Activation);
    }
}
