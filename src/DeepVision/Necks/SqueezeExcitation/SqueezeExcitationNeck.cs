using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Necks;

/// <summary>The channel weighing that a <see cref="SqueezeExcitationSpec"/> describes, with names like <c>se.0.fc1</c> for the finest map.</summary>
internal sealed class SqueezeExcitationNeck : Neck
{
    private readonly SqueezeExcitationSpec _spec;

    /// <summary>Creates the neck.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The reduction is below 1.</exception>
    public SqueezeExcitationNeck(SqueezeExcitationSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Reduction, 1);
        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "squeeze and excitation";

    /// <inheritdoc/>
    public override string ScopeName => "se";

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
        return [.. features.Select((feature, index) => Weigh(scope.Enter($"{index}"), feature.Value))];
    }

    private GraphValue Weigh(GraphScope scope, GraphValue map)
    {
        GraphValue weight = scope.Add("pool", new AdaptivePool { Kind = PoolingKind.Average, Size = 1 }, map);
        weight = ChannelGate.Layer(scope, "fc1", weight, Math.Max(1, map.Channels / _spec.Reduction));
        weight = scope.Activate("activation", weight, _spec.Activation);
        weight = ChannelGate.Layer(scope, "fc2", weight, map.Channels);
        weight = scope.Activate("gate", weight, _spec.Gate);
        return scope.Add("scale", new Multiply(), map, weight);
    }
}
