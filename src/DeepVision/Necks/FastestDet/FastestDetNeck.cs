using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Necks;

/// <summary>The neck that a <see cref="FastestDetNeckSpec"/> describes, with the names of FastestDet's checkpoint below <c>SPP</c>.</summary>
internal sealed class FastestDetNeck : Neck
{
    private const int Levels = 3;

    private readonly FastestDetNeckSpec _spec;

    /// <summary>Creates the neck.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The channels are below 1.</exception>
    public FastestDetNeck(FastestDetNeckSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Channels ?? 1, 1);
        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "FastestDet neck";

    /// <inheritdoc/>
    public override string ScopeName => "SPP";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        FeatureRequirements.RequirePyramid(features, minCount: Levels);
        return [features[^2].ToNeckMap(_spec.Channels)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        GraphValue middle = features[^2].Value;
        GraphValue fine = scope.Add("avg_pool", new AveragePool { Kernel = 3, Stride = 2, Padding = 1 }, features[^3].Value);
        fine = HalvedMap.Fit(scope, fine, features[^2]);
        GraphValue coarse = scope.Add("upsample", new UpsampleLike(), features[^1].Value, middle);
        GraphValue joined = scope.Add("concatenate", new Concatenate(), fine, middle, coarse);

        int channels = _spec.Channels ?? middle.Channels;
        var block = new FastestDetBlocks(_spec.Activation, _spec.Normalization);
        GraphValue narrow = block.Pointwise(scope.Enter("Conv1x1"), joined, channels);
        GraphValue[] windows = [.. Enumerable.Range(1, Levels).Select(count => block.Depthwise(scope.Enter($"S{count}"), narrow, count))];
        GraphValue pooled = block.Project(scope.Enter("output"), 0, scope.Add("concatenate2", new Concatenate(), windows), channels);
        return [scope.Activate("relu", scope.Add("add", new Add(), narrow, pooled), _spec.Activation)];
    }
}
