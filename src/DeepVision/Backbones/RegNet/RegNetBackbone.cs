using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>The network that a <see cref="RegNetSpec"/> describes, with torchvision's parameter names (<c>trunk_output.block1.block1-0.f.a.0.weight</c>).</summary>
internal sealed class RegNetBackbone : Backbone
{
    private const int Stages = 4;

    private readonly RegNetSpec _spec;

    /// <summary>Creates the backbone.</summary>
    /// <exception cref="ModelBuildException">The spec describes no network; the message says what it holds.</exception>
    public RegNetBackbone(RegNetSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Name);
        if (spec.Depths is not { Count: Stages } || spec.Widths is not { Count: Stages }
            || spec.Depths.Concat(spec.Widths).Any(number => number < 1)
            || spec.GroupWidth < 1 || spec.StemWidth < 1 || spec.InputChannels < 1
            || spec.SqueezeRatio is not (null or > 0 and < float.PositiveInfinity) || !(spec.BottleneckMultiplier > 0))
        {
            throw new ModelBuildException(
                "A RegNet needs four stages of at least one block and one channel, and at least one channel in groups, stem and image; found "
                + $"depths [{string.Join(", ", spec.Depths ?? [])}], widths [{string.Join(", ", spec.Widths ?? [])}], group width "
                + FormattableString.Invariant($"{spec.GroupWidth}, stem width {spec.StemWidth}, {spec.InputChannels} input channels, squeeze ratio {(object?)spec.SqueezeRatio ?? "none"}, ")
                + FormattableString.Invariant($"bottleneck multiplier {spec.BottleneckMultiplier}."))
            {
                Component = spec.Name,
            };
        }

        _spec = spec;
        Features = [.. spec.Widths.Select((width, stage) => FeatureInfo.BackboneMap(stage + 2, width))];
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
        GraphValue value = Convolve(scope.Enter("stem"), image, new() { OutChannels = _spec.StemWidth, Kernel = 3, Stride = 2 });
        var features = new GraphValue[Stages];
        for (int stage = 0; stage < Stages; stage++)
        {
            GraphScope path = scope.Enter($"trunk_output.block{stage + 1}");
            for (int block = 0; block < _spec.Depths[stage]; block++)
            {
                value = BuildBlock(path.Enter($"block{stage + 1}-{block}"), value, _spec.Widths[stage], stride: block == 0 ? 2 : 1);
            }

            features[stage] = value;
        }

        return features;
    }

    private GraphValue BuildBlock(GraphScope scope, GraphValue input, int width, int stride)
    {
        // Rounded with halves to even, as Python does.
        int inner = Math.Max(1, (int)MathF.Round(width * _spec.BottleneckMultiplier));
        int groups = Math.Max(1, inner / _spec.GroupWidth);
        GraphScope branch = scope.Enter("f");
        GraphValue value = Convolve(branch.Enter("a"), input, new() { OutChannels = inner, Kernel = 1 });
        value = Convolve(branch.Enter("b"), value, new() { OutChannels = inner, Kernel = 3, Stride = stride, Groups = groups });
        if (_spec.SqueezeRatio is { } ratio)
        {
            int squeezed = Math.Max(1, (int)MathF.Round(ratio * input.Channels));
            value = SqueezeExcitation.Build(branch.Enter("se"), value, squeezed, _spec.Activation, Activation.Sigmoid);
        }

        value = Project(branch.Enter("c"), value, new() { OutChannels = width, Kernel = 1 });
        GraphValue identity = stride == 1 && input.Channels == width
            ? input
            : Project(scope.Enter("proj"), input, new() { OutChannels = width, Kernel = 1, Stride = stride });
        value = scope.Add("add", new Add(), identity, value);
        return scope.Activate("activation", value, _spec.Activation);
    }

    private GraphValue Convolve(GraphScope scope, GraphValue input, Convolution convolution) =>
        ConvolutionUnit.Build(scope, input, convolution, _spec.Normalization, _spec.Activation);

    private GraphValue Project(GraphScope scope, GraphValue input, Convolution convolution) =>
        ConvolutionUnit.Build(scope, input, convolution, _spec.Normalization, Activation.Identity);
}
