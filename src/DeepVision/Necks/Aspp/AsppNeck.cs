using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;

namespace DeepVision.Necks;

/// <summary>The pooling that an <see cref="AsppSpec"/> describes, over the coarsest map; finer maps pass unchanged.</summary>
internal sealed class AsppNeck : Neck
{
    private readonly AsppSpec _spec;

    /// <summary>Creates the neck.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of the spec is out of its range.</exception>
    public AsppNeck(AsppSpec spec)
    {
        AsppModule.Validate(spec);
        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "ASPP";

    /// <inheritdoc/>
    public override string ScopeName => "aspp";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        FeatureRequirements.RequireMaps(features);
        return [.. features.SkipLast(1), FeatureInfo.NeckMap(features[^1].Level, _spec.Channels)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        return [.. features.SkipLast(1).Select(feature => feature.Value), AsppModule.Build(scope, features[^1].Value, _spec)];
    }
}
