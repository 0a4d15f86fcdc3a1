using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>The network that a <see cref="DarknetSpec"/> describes, with YOLOX's parameter names (<c>stem</c>, <c>dark2</c> ... <c>dark5</c>).</summary>
internal sealed class DarknetBackbone : Backbone
{
    private const int Stages = 5;

    private readonly DarknetSpec _spec;

    /// <summary>Creates the backbone.</summary>
    /// <exception cref="ModelBuildException">The spec describes no network.</exception>
    public DarknetBackbone(DarknetSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Name);
        if (spec.Depths is not { Count: Stages } || spec.Depths.Any(depth => depth < 1) || spec.StemChannels < 1 || spec.InputChannels < 1)
        {
            throw new ModelBuildException(
                "A Darknet needs five stages of at least one block, a stem channel and an input channel; found depths "
                + $"[{string.Join(", ", spec.Depths ?? [])}], {spec.StemChannels} stem channels, {spec.InputChannels} input channels.")
            {
                Component = spec.Name,
            };
        }

        _spec = spec;

        // The layers around the pooling halve the last stage's channels.
        Features = [.. Enumerable.Range(2, Stages - 1).Select(stage => FeatureInfo.BackboneMap(stage, spec.StemChannels << Math.Min(stage, Stages - 1)))];
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
        var block = new YoloBlocks(_spec.Activation, _spec.Normalization);
        GraphValue value = block.Convolve(scope.Enter("stem").Enter("0"), image, _spec.StemChannels, kernel: 3, stride: 1);
        var features = new List<GraphValue>();
        for (int stage = 1; stage <= Stages; stage++)
        {
            // The first stage continues the stem's sequence.
            GraphScope layers = scope.Enter(stage == 1 ? "stem" : $"dark{stage}");
            int layer = stage == 1 ? 1 : 0;
            value = block.Convolve(layers.Enter($"{layer++}"), value, _spec.StemChannels << stage, kernel: 3, stride: 2);
            for (int i = 0; i < _spec.Depths[stage - 1]; i++)
            {
                value = Residual(block, layers.Enter($"{layer++}"), value);
            }

            value = stage == Stages ? Pool(block, layers, layer, value) : value;
            if (stage > 1)
            {
                features.Add(value);
            }
        }

        return features;
    }

    private static GraphValue Residual(YoloBlocks block, GraphScope scope, GraphValue input)
    {
        GraphValue value = block.Convolve(scope.Enter("layer1"), input, input.Channels / 2, kernel: 1, stride: 1);
        value = block.Convolve(scope.Enter("layer2"), value, input.Channels, kernel: 3, stride: 1);
        return scope.Add("add", new Add(), input, value);
    }

    private GraphValue Pool(YoloBlocks block, GraphScope layers, int layer, GraphValue input)
    {
        int wide = input.Channels;
        int narrow = wide / 2;
        GraphValue value = block.Convolve(layers.Enter($"{layer}"), input, narrow, kernel: 1, stride: 1);
        value = block.Convolve(layers.Enter($"{layer + 1}"), value, wide, kernel: 3, stride: 1);
        value = SppBottleneck.Write(layers.Enter($"{layer + 2}"), value, narrow, block, [5, 9, 13]);
        value = block.Convolve(layers.Enter($"{layer + 3}"), value, wide, kernel: 3, stride: 1);
        return block.Convolve(layers.Enter($"{layer + 4}"), value, narrow, kernel: 1, stride: 1);
    }
}
