using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Necks;

/// <summary>Global pooling of the coarsest map to a vector of its channels, for images of any size.</summary>
internal sealed class GlobalPoolingNeck : Neck
{
    private readonly GlobalPoolingSpec _spec;

    /// <summary>Creates the neck.</summary>
    public GlobalPoolingNeck(GlobalPoolingSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "global pooling";

    /// <inheritdoc/>
    public override string ScopeName => "global_pooling";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        FeatureRequirements.RequireMaps(features);
        return [FeatureInfo.Vector("pooled", features[^1].Channels)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        GraphValue pooled = scope.Add("pool", new AdaptivePool { Kind = _spec.Pooling, Size = 1 }, features[^1].Value);
        return [scope.Add("flatten", new Flatten { KnownArea = 1 }, pooled)];
    }
}
