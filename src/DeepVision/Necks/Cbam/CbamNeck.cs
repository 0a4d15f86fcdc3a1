using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Necks;

/// <summary>
/// The attention that a <see cref="CbamSpec"/> describes, with names like <c>cbam.0.channel.fc1</c> and <c>cbam.0.spatial.conv</c>
/// for the finest map.
/// </summary>
internal sealed class CbamNeck : Neck
{
    private readonly CbamSpec _spec;

    /// <summary>Creates the neck.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The reduction is below 1.</exception>
    /// <exception cref="ModelBuildException">The spatial kernel is even or below 1.</exception>
    public CbamNeck(CbamSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Spatial);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Reduction, 1);
        SpatialAttentionNeck.RequireOdd(spec.Spatial.Kernel);
        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "CBAM";

    /// <inheritdoc/>
    public override string ScopeName => "cbam";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        FeatureRequirements.RequireMaps(features);
        return [.. features.Select(feature => feature.ToNeckMap())];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        return
        [
            .. features.Select((feature, index) =>
            {
                GraphScope level = scope.Enter($"{index}");
                return SpatialAttentionNeck.Weigh(level.Enter("spatial"), WeighChannels(level.Enter("channel"), feature.Value), _spec.Spatial);
            }),
        ];
    }

    private GraphValue WeighChannels(GraphScope scope, GraphValue map)
    {
        GraphValue mean = Shared(scope.Tagged("mean"), scope.Add("avgpool", new AdaptivePool { Kind = PoolingKind.Average, Size = 1 }, map));
        GraphValue largest = Shared(scope.Tagged("max"), scope.Add("maxpool", new AdaptivePool { Kind = PoolingKind.Max, Size = 1 }, map));
        GraphValue weight = scope.Add("add", new Add(), mean, largest);
        weight = scope.Activate("gate", weight, Activation.Sigmoid);
        return scope.Add("scale", new Multiply(), map, weight);
    }

    private GraphValue Shared(GraphScope scope, GraphValue pooled)
    {
        GraphValue value = ChannelGate.Layer(scope, "fc1", pooled, Math.Max(1, pooled.Channels / _spec.Reduction));
        value = scope.Activate("activation", value, _spec.Activation);
        return ChannelGate.Layer(scope, "fc2", value, pooled.Channels);
    }
}
