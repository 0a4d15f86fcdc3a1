using DeepVision.Components;
using DeepVision.Graphs;

namespace DeepVision.Necks;

/// <summary>Passes every feature on as it is: the place of a neck in a comparison with and without one.</summary>
internal sealed class IdentityNeck : Neck
{
    /// <inheritdoc/>
    public override string Name => "identity";

    /// <inheritdoc/>
    public override string ScopeName => "identity";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted) => features;

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted)
    {
        ArgumentNullException.ThrowIfNull(features);
        return [.. features.Select(feature => feature.Value)];
    }
}
