using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Necks;

/// <summary>Spatial pyramid pooling of the coarsest map to a vector: for each grid in order, channels, then rows, then columns.</summary>
internal sealed class SppNeck : Neck
{
    private readonly SppSpec _spec;

    /// <summary>Creates the neck.</summary>
    /// <exception cref="ModelBuildException">There is no grid, or one of less than one cell.</exception>
    public SppNeck(SppSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Grids is not { Count: > 0 } || spec.Grids.Any(cells => cells < 1))
        {
            throw new ModelBuildException($"SPP needs grids of at least one cell; found [{string.Join(", ", spec.Grids ?? [])}].") { Component = "SPP" };
        }

        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "SPP";

    /// <inheritdoc/>
    public override string ScopeName => "spp";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        FeatureRequirements.RequireMaps(features);
        return [FeatureInfo.Vector("spp", features[^1].Channels * _spec.Grids.Sum(cells => cells * cells))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        var pooled = new List<GraphValue>();
        foreach ((int index, int cells) in _spec.Grids.Index())
        {
            GraphScope level = scope.Enter($"{index}");
            GraphValue value = level.Add("pool", new AdaptivePool { Kind = _spec.Pooling, Size = cells }, features[^1].Value);
            pooled.Add(level.Add("flatten", new Flatten { KnownArea = cells * cells }, value));
        }

        return [pooled.Count == 1 ? pooled[0] : scope.Add("concatenate", new Concatenate(), [.. pooled])];
    }
}
