using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;

namespace DeepVision.Necks;

/// <summary>The pooling that an <see cref="SppBottleneckSpec"/> describes, with YOLOX's parameter names (<c>conv1</c>, <c>conv2</c>).</summary>
internal sealed class SppBottleneckNeck : Neck
{
    private readonly SppBottleneckSpec _spec;

    /// <summary>Creates the neck.</summary>
    /// <exception cref="ModelBuildException">There is no window, or one that is even or below 1.</exception>
    public SppBottleneckNeck(SppBottleneckSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        if (spec.Kernels is not { Count: > 0 } || spec.Kernels.Any(kernel => kernel < 1 || kernel % 2 == 0) || spec.OutChannels < 1)
        {
            throw new ModelBuildException(
                $"SPP needs odd windows and at least one output channel; found windows [{string.Join(", ", spec.Kernels ?? [])}], "
                + $"{spec.OutChannels} channels.")
            {
                Component = "SPP bottleneck",
            };
        }

        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "SPP bottleneck";

    /// <inheritdoc/>
    public override string ScopeName => "spp";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        FeatureRequirements.RequireMaps(features);
        FeatureInfo coarsest = features[^1];
        return [.. features.SkipLast(1), coarsest.ToNeckMap(_spec.OutChannels)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        GraphValue input = features[^1].Value;
        return [.. features.SkipLast(1).Select(feature => feature.Value), SppBottleneck.Write(
            scope, input, _spec.OutChannels ?? input.Channels, new YoloBlocks(_spec.Activation, _spec.Normalization), _spec.Kernels)];
    }
}
