using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Necks;

/// <summary>The fast spatial pyramid pooling that an <see cref="SppfSpec"/> describes, with YOLOv5's parameter names (<c>cv1</c>, <c>cv2</c>).</summary>
internal sealed class SppfNeck : Neck
{
    private readonly SppfSpec _spec;

    /// <summary>Creates the neck.</summary>
    /// <exception cref="ModelBuildException">The kernel is even or below 1.</exception>
    public SppfNeck(SppfSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        if (spec.Kernel < 1 || spec.Kernel % 2 == 0 || spec.OutChannels < 1)
        {
            throw new ModelBuildException(
                $"SPPF needs an odd kernel and at least one output channel; found kernel {spec.Kernel}, {spec.OutChannels} channels.")
            {
                Component = "SPPF",
            };
        }

        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "SPPF";

    /// <inheritdoc/>
    public override string ScopeName => "sppf";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        FeatureRequirements.RequireMaps(features);
        FeatureInfo coarsest = features[^1];
        return [.. features.SkipLast(1), FeatureInfo.NeckMap(coarsest.Level, _spec.OutChannels ?? coarsest.Channels)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        var block = new YoloBlocks(_spec.Activation, _spec.Normalization);
        GraphValue input = features[^1].Value;
        var joined = new List<GraphValue> { block.Convolve(scope.Enter("cv1"), input, Math.Max(1, input.Channels / 2), kernel: 1, stride: 1) };
        for (int i = 0; i < 3; i++)
        {
            var pool = new MaxPool { Kernel = _spec.Kernel, Stride = 1, Padding = _spec.Kernel / 2 };
            joined.Add(scope.Add($"m{i}", pool, joined[^1]));
        }

        GraphValue concatenated = scope.Add("concatenate", new Concatenate(), [.. joined]);
        GraphValue output = block.Convolve(scope.Enter("cv2"), concatenated, _spec.OutChannels ?? input.Channels, kernel: 1, stride: 1);
        return [.. features.SkipLast(1).Select(feature => feature.Value), output];
    }
}
