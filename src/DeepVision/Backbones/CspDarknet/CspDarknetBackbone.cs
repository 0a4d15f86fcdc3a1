using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>The network that a <see cref="CspDarknetSpec"/> describes, with YOLOX's parameter names (<c>stem</c>, <c>dark2</c> ... <c>dark5</c>).</summary>
internal sealed class CspDarknetBackbone : Backbone
{
    private const int FullStemChannels = 64;
    private const int Stages = 4;

    private readonly CspDarknetSpec _spec;
    private readonly int _stemChannels;

    /// <summary>Creates the backbone.</summary>
    /// <exception cref="ModelBuildException">Depth or width is out of range, or there are no input channels.</exception>
    public CspDarknetBackbone(CspDarknetSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Name);
        if (!(spec.Depth is > 0 and <= 100) || !(spec.Width is > 0 and <= 100) || (int)(spec.Width * FullStemChannels) < 1 || spec.InputChannels < 1)
        {
            throw new ModelBuildException(
                "A CSPDarknet needs a depth and a width above 0 and at most 100, at least one stem channel and an input channel; "
                + $"found depth {spec.Depth}, width {spec.Width}, {spec.InputChannels} input channels.")
            {
                Component = spec.Name,
            };
        }

        _spec = spec;
        _stemChannels = (int)(spec.Width * FullStemChannels);
        Features = [.. Enumerable.Range(1, Stages).Select(stage => FeatureInfo.BackboneMap(stage + 1, _stemChannels << stage))];
    }

    /// <inheritdoc/>
    public override string Name => _spec.Name;

    /// <inheritdoc/>
    public override int InputChannels => _spec.InputChannels;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Features { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(image);
        var block = new YoloBlocks(_spec.Activation, _spec.Normalization, _spec.IsDepthwise);
        GraphScope stem = scope.Enter("stem");
        GraphValue value = stem.Add("focus", new SpaceToDepth(), image);
        value = block.Convolve(stem.Enter("conv"), value, _stemChannels, kernel: 3, stride: 1);

        var features = new List<GraphValue>();
        for (int stage = 1; stage <= Stages; stage++)
        {
            GraphScope layers = scope.Enter($"dark{stage + 1}");
            int channels = _stemChannels << stage;
            bool isLast = stage == Stages;
            int depth = stage == 1 || isLast ? _spec.BaseDepth : 3 * _spec.BaseDepth;
            value = block.ConvolveSpatial(layers.Enter("0"), value, channels, stride: 2);
            if (isLast)
            {
                value = SppBottleneck.Write(layers.Enter("1"), value, channels, block, [5, 9, 13]);
            }

            value = block.CrossStagePartial(layers.Enter(isLast ? "2" : "1"), value, channels, depth, hasShortcuts: !isLast);
            features.Add(value);
        }

        return features;
    }
}
