using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Necks;

/// <summary>The pixel weighing that a <see cref="SpatialAttentionSpec"/> describes, with names like <c>sam.0.conv</c> for the finest map.</summary>
internal sealed class SpatialAttentionNeck : Neck
{
    private readonly SpatialAttentionSpec _spec;

    /// <summary>Creates the neck.</summary>
    /// <exception cref="ModelBuildException">The kernel is even or below 1.</exception>
    public SpatialAttentionNeck(SpatialAttentionSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        RequireOdd(spec.Kernel);
        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "spatial attention";

    /// <inheritdoc/>
    public override string ScopeName => "sam";

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
        return [.. features.Select((feature, index) => Weigh(scope.Enter($"{index}"), feature.Value, _spec))];
    }

    internal static void RequireOdd(int kernel)
    {
        if (kernel < 1 || kernel % 2 == 0)
        {
            throw new ModelBuildException($"Spatial attention needs an odd kernel; found {kernel}.") { Component = "spatial attention" };
        }
    }

    internal static GraphValue Weigh(GraphScope scope, GraphValue map, SpatialAttentionSpec spec)
    {
        GraphValue mean = scope.Add("mean", new ChannelPool { Kind = PoolingKind.Average }, map);
        GraphValue largest = scope.Add("max", new ChannelPool { Kind = PoolingKind.Max }, map);
        GraphValue weight = scope.Add("concatenate", new Concatenate(), mean, largest);
        weight = scope.Convolution("conv", weight, new() { OutChannels = 1, Kernel = spec.Kernel, Padding = Padding2D.Same(spec.Kernel) });
        weight = scope.Normalize("norm", weight, spec.Normalization);
        weight = scope.Activate("gate", weight, Activation.Sigmoid);
        return scope.Add("scale", new Multiply(), map, weight);
    }
}
