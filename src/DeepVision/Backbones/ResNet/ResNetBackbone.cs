using System.Numerics;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>The residual network that a <see cref="ResNetSpec"/> describes, with torchvision's parameter names.</summary>
internal sealed class ResNetBackbone : Backbone
{
    private const int Stages = 4;

    private readonly ResNetSpec _spec;

    /// <summary>Creates the backbone.</summary>
    /// <exception cref="ModelBuildException">The spec describes no network: the message says which of its numbers are out of range.</exception>
    public ResNetBackbone(ResNetSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Name);
        if (spec.Depths is not { Count: Stages } || spec.Depths.Any(depth => depth < 1) || spec.BaseWidth < 1 || spec.InputChannels < 1
            || spec.Groups < 1 || spec.WidthPerGroup < 1 || spec.OutputStride is not (4 or 8 or 16 or 32))
        {
            throw Failure(
                spec,
                "A ResNet needs four stages of at least one block, a base width, groups, a width of each group and input channels of at "
                + $"least 1, and an output stride of 4, 8, 16 or 32; found depths [{string.Join(", ", spec.Depths ?? [])}], base width "
                + $"{spec.BaseWidth}, {spec.Groups} groups of width {spec.WidthPerGroup}, input channels {spec.InputChannels}, "
                + $"output stride {spec.OutputStride}.");
        }

        if (spec is { Block: ResNetBlockKind.Basic } and not { Groups: 1, WidthPerGroup: 64, OutputStride: 32 })
        {
            throw Failure(
                spec,
                "A ResNet of basic blocks has 1 group of width 64 and an output stride of 32; found "
                + $"{spec.Groups} of width {spec.WidthPerGroup} and {spec.OutputStride}. Take bottlenecks for others.");
        }

        _spec = spec;
        if (Enumerable.Range(0, Stages).Any(stage => InnerWidthOf(stage) < spec.Groups))
        {
            throw Failure(spec, $"A group of a ResNet's 3x3 needs at least one channel; base width {spec.BaseWidth} and width {spec.WidthPerGroup} give none.");
        }

        Features = [.. Enumerable.Range(0, Stages).Select(stage => FeatureInfo.DilatedBackboneMap(stage + 2, LevelOf(stage), WidthOf(stage) * Expansion))];
    }

    /// <inheritdoc/>
    public override string Name => _spec.Name;

    /// <inheritdoc/>
    public override int InputChannels => _spec.InputChannels;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Features { get; }

    private int Expansion => _spec.Block == ResNetBlockKind.Bottleneck ? 4 : 1;

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(image);
        GraphValue value = scope.Convolution("conv1", image, Window(_spec.BaseWidth, kernel: 7, stride: 2));
        value = scope.Normalize("bn1", value, _spec.Normalization);
        value = scope.Activate("relu", value, Activation.Relu);
        value = scope.Add("maxpool", new MaxPool { Kernel = 3, Stride = 2, Padding = 1 }, value);

        var features = new GraphValue[Stages];
        for (int stage = 0; stage < Stages; stage++)
        {
            // Where a stage gives up its stride, its first block still has the dilation of the stage before, as in torchvision.
            int stride = stage > 0 && LevelOf(stage) > LevelOf(stage - 1) ? 2 : 1;
            int dilation = stage == 0 ? 1 : DilationOf(stage - 1);
            for (int block = 0; block < _spec.Depths[stage]; block++)
            {
                GraphScope path = scope.Enter($"layer{stage + 1}").Enter($"{block}");
                value = block == 0
                    ? BuildBlock(path, value, stage, stride, dilation)
                    : BuildBlock(path, value, stage, stride: 1, DilationOf(stage));
            }

            features[stage] = value;
        }

        return features;
    }

    private static ModelBuildException Failure(ResNetSpec spec, string message) => new(message) { Component = spec.Name };

    private int WidthOf(int stage) => _spec.BaseWidth << stage;

    /// <summary>Channels of a bottleneck's 3x3, all groups together.</summary>
    private int InnerWidthOf(int stage) => (int)((long)WidthOf(stage) * _spec.WidthPerGroup / 64) * _spec.Groups;

    private int LevelOf(int stage) => Math.Min(stage + 2, BitOperations.Log2((uint)_spec.OutputStride));

    private int DilationOf(int stage) => 1 << (stage + 2 - LevelOf(stage));

    private GraphValue BuildBlock(GraphScope scope, GraphValue input, int stage, int stride, int dilation)
    {
        GraphValue value = input;
        if (_spec.Block == ResNetBlockKind.Basic)
        {
            value = ConvolveAndNormalize(scope, 1, value, Window(WidthOf(stage), 3, stride));
            value = scope.Activate("relu1", value, Activation.Relu);
            value = ConvolveAndNormalize(scope, 2, value, Window(WidthOf(stage), 3));
        }
        else
        {
            Convolution middle = Window(InnerWidthOf(stage), 3, stride) with { Padding = dilation, Dilation = dilation, Groups = _spec.Groups };
            value = ConvolveAndNormalize(scope, 1, value, Window(InnerWidthOf(stage), 1));
            value = scope.Activate("relu1", value, Activation.Relu);
            value = ConvolveAndNormalize(scope, 2, value, middle);
            value = scope.Activate("relu2", value, Activation.Relu);
            value = ConvolveAndNormalize(scope, 3, value, Window(WidthOf(stage) * Expansion, 1));
        }

        GraphValue identity = input;
        if (stride != 1 || input.Channels != value.Channels)
        {
            GraphScope downsample = scope.Enter("downsample");
            identity = downsample.Convolution("0", input, Window(value.Channels, 1, stride));
            identity = downsample.Normalize("1", identity, _spec.Normalization);
        }

        value = scope.Add("add", new Add(), value, identity);
        return scope.Activate("relu", value, Activation.Relu);
    }

    private GraphValue ConvolveAndNormalize(GraphScope scope, int index, GraphValue input, Convolution convolution) =>
        scope.Normalize($"bn{index}", scope.Convolution($"conv{index}", input, convolution), _spec.Normalization);

    private Convolution Window(int channels, int kernel, int stride = 1) => new()
    {
        OutChannels = channels,
        Kernel = kernel,
        Stride = stride,
        Padding = kernel / 2,
        HasBias = _spec.Normalization.IsNone,
        WeightInitializer = Initializer.KaimingNormalFanOut(channels * kernel * kernel),
    };
}
