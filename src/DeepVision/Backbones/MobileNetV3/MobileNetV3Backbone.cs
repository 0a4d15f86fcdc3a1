using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>The network that a <see cref="MobileNetV3Spec"/> describes, with torchvision's parameter names (<c>features.0.0.weight</c>).</summary>
internal sealed class MobileNetV3Backbone : Backbone
{
    // Strides that halve the map: the stem and four blocks.
    private const int StridedBlocks = 4;
    private const int LastExpansion = 6;

    private readonly MobileNetV3Spec _spec;
    private readonly int _tail;
    private readonly MobileNetV3Block[] _blocks;

    /// <summary>Creates the backbone.</summary>
    /// <exception cref="ModelBuildException">The spec describes no network: the message says which of its numbers are out of range.</exception>
    public MobileNetV3Backbone(MobileNetV3Spec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Name);
        Check(spec);
        _spec = spec;
        _tail = spec.Blocks.Index().Last(block => block.Item.Stride == 2).Index;
        _blocks = [.. spec.Blocks.Select(Resolve)];
        int[] strided = [.. _blocks.Index().Where(block => block.Item.Stride == 2).Select(block => block.Index)];
        FeatureInfo C(int stage, int channels) => FeatureInfo.DilatedBackboneMap(stage, Math.Min(stage, LastLevel), channels);
        var final = FeatureInfo.FinalMap(LastLevel, _blocks[^1].Channels * LastExpansion);
        switch (spec.Taps)
        {
            case MobileNetV3Taps.StridedBlocks:
                Features = [C(1, Round(spec.StemChannels)), .. strided.Select((block, i) => C(i + 2, _blocks[block].Channels)), final];
                break;
            case MobileNetV3Taps.Expansion:
                Features = [C(4, _blocks[_tail].ExpandedChannels), C(5, final.Channels)];
                break;
            default:
                Features = [.. strided.Skip(1).Append(_blocks.Length).Select((end, i) => C(i + 2, _blocks[end - 1].Channels))];
                ClassifierFeature = final;
                break;
        }
    }

    /// <inheritdoc/>
    public override string Name => _spec.Name;

    /// <inheritdoc/>
    public override int InputChannels => _spec.InputChannels;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Features { get; }

    /// <inheritdoc/>
    public override FeatureInfo? ClassifierFeature { get; }

    /// <inheritdoc/>
    public override string ClassifierPath => "classifier.3";

    /// <inheritdoc/>
    public override string FeaturesPath => "features";

    private int LastLevel => _spec.OutputStride == 16 ? 4 : 5;

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(image);
        bool splits = _spec.Taps == MobileNetV3Taps.Expansion;
        GraphScope head = splits ? scope.Enter("0") : scope;
        GraphValue value = Unit(
            head.Enter("0"), image, new Convolution { OutChannels = Round(_spec.StemChannels), Kernel = 3, Stride = 2 }, _spec.Activation);

        var ends = new List<GraphValue>();
        var strided = new List<GraphValue> { value };
        GraphValue? expansion = null;
        foreach ((int index, MobileNetV3Block block) in _blocks.Index())
        {
            // torchvision numbers the stem, the blocks and the last convolution in one sequence; SSDLite's is cut within a block.
            GraphScope path = !splits ? scope.Enter($"{index + 1}").Enter("block")
                : index < _tail ? head.Enter($"{index + 1}").Enter("block")
                : index == _tail ? scope.Enter("1").Enter("0")
                : scope.Enter("1").Enter($"{index - _tail}").Enter("block");
            GraphScope expansionPath = splits && index == _tail ? head.Enter($"{index + 1}") : path.Enter("0");
            (GraphValue expanded, GraphValue output) = BuildBlock(path, expansionPath, value, index);
            expansion = index == _tail ? expanded : expansion;
            if (block.Stride == 2)
            {
                ends.Add(value);
                strided.Add(output);
            }

            value = output;
        }

        GraphScope last = splits ? scope.Enter("1").Enter($"{_blocks.Length - _tail}") : scope.Enter($"{_blocks.Length + 1}");
        GraphValue final = Unit(last, value, new Convolution { OutChannels = value.Channels * LastExpansion, Kernel = 1 }, _spec.Activation);
        return _spec.Taps switch
        {
            MobileNetV3Taps.StridedBlocks => [.. strided, final],
            MobileNetV3Taps.Expansion => [expansion!, final],
            _ => [.. ends.Skip(1), value, final],
        };
    }

    private (GraphValue Expanded, GraphValue Output) BuildBlock(GraphScope scope, GraphScope expansionPath, GraphValue input, int index)
    {
        MobileNetV3Block block = _blocks[index];
        int layer = 0;
        GraphValue expanded = input;
        if (block.ExpandedChannels != input.Channels)
        {
            layer++;
            expanded = Unit(expansionPath, input, new Convolution { OutChannels = block.ExpandedChannels, Kernel = 1 }, block.Activation);
        }

        bool dilated = index >= _tail && _spec.OutputStride == 16;
        var depthwise = new Convolution
        {
            OutChannels = block.ExpandedChannels,
            Kernel = block.Kernel,
            Stride = dilated ? 1 : block.Stride,
            Dilation = dilated ? 2 : 1,
            Groups = block.ExpandedChannels,
        };
        GraphValue value = Unit(scope.Enter($"{layer++}"), expanded, depthwise, block.Activation);
        if (block.SqueezesAndExcites)
        {
            int squeezed = ChannelRounding.ToMultipleOf8(block.ExpandedChannels / 4);
            value = SqueezeExcitation.Build(scope.Enter($"{layer++}"), value, squeezed, Activation.Relu, Activation.HardSigmoid);
        }

        value = Unit(scope.Enter($"{layer}"), value, new Convolution { OutChannels = block.Channels, Kernel = 1 }, Activation.Identity);
        return (expanded, block.Stride == 1 && input.Channels == block.Channels ? scope.Add("add", new Add(), input, value) : value);
    }

    private GraphValue Unit(GraphScope scope, GraphValue input, Convolution convolution, Activation activation) =>
        ConvolutionUnit.Build(scope, input, convolution, _spec.Normalization, activation);

    private int Round(int channels) => ChannelRounding.ToMultipleOf8(channels * _spec.Width);

    // The block at the spec's width, and with a reduced tail.
    private MobileNetV3Block Resolve(MobileNetV3Block block, int index) => block with
    {
        ExpandedChannels = Round(index > _tail ? block.ExpandedChannels / _spec.TailDivisor : block.ExpandedChannels),
        Channels = Round(index >= _tail ? block.Channels / _spec.TailDivisor : block.Channels),
    };

    private static void Check(MobileNetV3Spec spec)
    {
        int wrong = spec.Blocks?.ToList().FindIndex(block => block.Stride is not (1 or 2) || block.Kernel < 1 || block.Kernel % 2 == 0
            || block.ExpandedChannels < 1 || block.Channels < 1) ?? -1;
        if (wrong >= 0)
        {
            MobileNetV3Block block = spec.Blocks![wrong];
            throw new ModelBuildException(
                "A block of a MobileNetV3 needs a window of odd size, a stride of 1 or 2, and expanded and output channels of at least 1; "
                + $"found at index {wrong} of {spec.Blocks.Count} a window of {block.Kernel}, stride {block.Stride}, "
                + $"{block.ExpandedChannels} expanded and {block.Channels} output channels.")
            {
                Component = spec.Name,
            };
        }

        bool blocksFit = spec.Blocks is { Count: > 0 } && spec.Blocks.Count(block => block.Stride == 2) == StridedBlocks;
        if (!blocksFit || spec.StemChannels < 1 || !(spec.Width > 0) || !double.IsFinite(spec.Width) || spec.TailDivisor < 1
            || spec.OutputStride is not (16 or 32) || spec.InputChannels < 1 || !Enum.IsDefined(spec.Taps))
        {
            throw new ModelBuildException(
                "A MobileNetV3 needs blocks, four of them of stride 2 and the others of stride 1, a finite "
                + "width above 0, stem channels, a tail divisor and input channels of at least 1, and an output stride of 16 or 32; found "
                + $"{spec.Blocks?.Count ?? 0} blocks with strides [{string.Join(", ", spec.Blocks?.Select(block => block.Stride) ?? [])}], "
                + $"width {spec.Width}, stem channels {spec.StemChannels}, tail divisor {spec.TailDivisor}, input channels "
                + $"{spec.InputChannels}, output stride {spec.OutputStride}, taps {spec.Taps}.")
            {
                Component = spec.Name,
            };
        }
    }
}
