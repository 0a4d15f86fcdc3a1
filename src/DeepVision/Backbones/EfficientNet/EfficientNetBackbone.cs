using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>The network that an <see cref="EfficientNetSpec"/> describes, with torchvision's parameter names (<c>features.1.0.block.0.0.weight</c>).</summary>
internal sealed class EfficientNetBackbone : Backbone
{
    private const int FirstLevel = 2;

    private readonly EfficientNetSpec _spec;
    private readonly int[] _levels;

    /// <summary>Creates the backbone.</summary>
    /// <exception cref="ModelBuildException">The spec describes no network; the message says what is wrong.</exception>
    public EfficientNetBackbone(EfficientNetSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Name);
        Check(spec);
        _spec = spec;
        _levels = new int[spec.Stages.Count];
        int level = 1;
        for (int i = 0; i < _levels.Length; i++)
        {
            level += spec.Stages[i].Stride - 1;
            _levels[i] = level;
        }

        Features =
        [
            .. Enumerable.Range(0, _levels.Length).Where(IsFeature).Select(i => FeatureInfo.BackboneMap(_levels[i], spec.Stages[i].Channels)),
        ];
        ClassifierFeature = FeatureInfo.FinalMap(level, spec.FinalWidth ?? 4 * spec.Stages[^1].Channels);
    }

    /// <inheritdoc/>
    public override string Name => _spec.Name;

    /// <inheritdoc/>
    public override int InputChannels => _spec.InputChannels;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Features { get; }

    /// <inheritdoc/>
    public override FeatureInfo ClassifierFeature { get; }

    /// <inheritdoc/>
    public override string ClassifierPath => "classifier.1";

    /// <inheritdoc/>
    public override string FeaturesPath => "features";

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(image);
        GraphValue value = Convolve(scope.Enter("0"), image, new() { OutChannels = _spec.StemWidth, Kernel = 3, Stride = 2 });
        int blocks = _spec.Stages.Sum(stage => stage.Depth);
        int before = 0;
        var outputs = new List<GraphValue>();
        foreach ((int index, EfficientNetStage stage) in _spec.Stages.Index())
        {
            for (int i = 0; i < stage.Depth; i++, before++)
            {
                GraphScope path = scope.Enter($"{index + 1}.{i}");
                value = BuildBlock(path, value, i == 0 ? stage : stage with { Stride = 1 }, _spec.StochasticDepth * before / blocks);
            }

            if (IsFeature(index))
            {
                outputs.Add(value);
            }
        }

        outputs.Add(Convolve(scope.Enter($"{_spec.Stages.Count + 1}"), value, new() { OutChannels = ClassifierFeature.Channels, Kernel = 1 }));
        return outputs;
    }

    private static void Check(EfficientNetSpec spec)
    {
        string? problem =
            spec.Stages is not { Count: > 0 } ? "it has no stages"
            : spec.StemWidth < 1 || spec.InputChannels < 1
                ? $"stem and image need at least one channel; found {spec.StemWidth} and {spec.InputChannels}"
            : spec.FinalWidth < 1 ? $"the final layer needs at least one channel; found {spec.FinalWidth}; null is four times the last stage's"
            : spec.Stages.FirstOrDefault(stage => stage.Expansion < 1 || stage.Kernel < 1 || stage.Kernel % 2 == 0
                || stage.Stride is not (1 or 2) || stage.Channels < 1 || stage.Depth < 1) is { } bad
                ? $"a stage needs an expansion, channels and blocks of at least 1, an odd window and a stride of 1 or 2; found {bad}"
            : spec.Stages.Sum(stage => stage.Stride - 1) < FirstLevel - 1 ? "none of its stages has a stride of 4 or more"
            : null;
        if (problem is not null)
        {
            throw new ModelBuildException($"'{spec.Name}' is no EfficientNet: {problem}.") { Component = spec.Name };
        }
    }

    /// <summary>Whether a stage is the last of its stride, from a stride of 4.</summary>
    private bool IsFeature(int stage) =>
        _levels[stage] >= FirstLevel && (stage == _levels.Length - 1 || _levels[stage + 1] > _levels[stage]);

    private GraphValue BuildBlock(GraphScope scope, GraphValue input, EfficientNetStage stage, float dropProbability)
    {
        GraphScope block = scope.Enter("block");
        GraphValue value = stage.Block == EfficientNetBlockKind.MbConv ? BuildBranch(block, input, stage) : BuildFusedBranch(block, input, stage);
        if (stage.Stride != 1 || input.Channels != stage.Channels)
        {
            return value;
        }

        if (dropProbability > 0)
        {
            value = scope.Add("stochastic_depth", new StochasticDepth { Probability = dropProbability }, value);
        }

        return scope.Add("add", new Add(), value, input);
    }

    private GraphValue BuildBranch(GraphScope scope, GraphValue input, EfficientNetStage stage)
    {
        int expanded = ChannelRounding.ToMultipleOf8(input.Channels * (double)stage.Expansion);
        int layer = 0;
        GraphValue value = input;
        if (expanded != input.Channels)
        {
            value = Convolve(Next(), value, new() { OutChannels = expanded, Kernel = 1 });
        }

        value = Convolve(Next(), value, new() { OutChannels = expanded, Kernel = stage.Kernel, Stride = stage.Stride, Groups = expanded });
        value = SqueezeExcitation.Build(Next(), value, Math.Max(1, input.Channels / 4), _spec.Activation, Activation.Sigmoid);
        return Project(Next(), value, stage.Channels);

        GraphScope Next() => scope.Enter($"{layer++}");
    }

    private GraphValue BuildFusedBranch(GraphScope scope, GraphValue input, EfficientNetStage stage)
    {
        int expanded = ChannelRounding.ToMultipleOf8(input.Channels * (double)stage.Expansion);
        bool expands = expanded != input.Channels;
        GraphValue value = Convolve(scope.Enter("0"), input, new()
        {
            OutChannels = expands ? expanded : stage.Channels,
            Kernel = stage.Kernel,
            Stride = stage.Stride,
        });
        return expands ? Project(scope.Enter("1"), value, stage.Channels) : value;
    }

    private GraphValue Convolve(GraphScope scope, GraphValue input, Convolution convolution) =>
        ConvolutionUnit.Build(scope, input, convolution, _spec.Normalization, _spec.Activation);

    private GraphValue Project(GraphScope scope, GraphValue input, int channels) =>
        ConvolutionUnit.Build(scope, input, new() { OutChannels = channels, Kernel = 1 }, _spec.Normalization, Activation.Identity);
}
