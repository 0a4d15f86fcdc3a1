using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Necks;

/// <summary>
/// The pyramid that a <see cref="BiFpnSpec"/> describes. Names: <c>bifpn.inputs.0</c> for the finest level's 1x1,
/// <c>bifpn.cells.0.down.1</c> and <c>bifpn.cells.0.up.1</c> for a cell's nodes, by the index of the level.
/// </summary>
internal sealed class BiFpnNeck : Neck
{
    private readonly BiFpnSpec _spec;

    /// <summary>Creates the neck.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of the spec is below 1.</exception>
    public BiFpnNeck(BiFpnSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Repeats, 1);
        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "BiFPN";

    /// <inheritdoc/>
    public override string ScopeName => "bifpn";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        (_, LevelRange levels) = Select(features, wanted);
        return [.. Enumerable.Range(levels.Lowest, levels.Count).Select(level => FeatureInfo.NeckMap(level, _spec.Channels))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        (IReadOnlyList<FeatureInfo> selected, LevelRange levels) = Select([.. features.Select(feature => feature.Info)], wanted);
        FeatureMap[] maps = [.. features.Where(feature => selected.Contains(feature.Info))];
        GraphValue[] values = Inputs(scope.Enter("inputs"), [.. maps.Select(map => map.Value)], levels.Count);
        for (int i = 0; i < _spec.Repeats; i++)
        {
            values = Cell(scope.Enter("cells").Enter($"{i}"), values, maps);
        }

        return values;
    }

    private (IReadOnlyList<FeatureInfo> Inputs, LevelRange Levels) Select(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        FeatureRequirements.RequireMaps(features);
        LevelRange levels = _spec.Levels ?? wanted ?? new LevelRange(features[0].Level, features[^1].Level);
        LevelRange given = levels with { Highest = Math.Min(levels.Highest, features[^1].Level) };
        if (levels.Count < 2 || given.Count < 1)
        {
            FeatureRequirements.Fail($"maps for at least two levels of {levels}", features);
        }

        IReadOnlyList<FeatureInfo> selected = FeatureRequirements.Select(features, given);
        FeatureRequirements.RequirePyramid(selected);
        return (selected, levels);
    }

    private GraphValue[] Inputs(GraphScope scope, GraphValue[] maps, int count)
    {
        var values = new GraphValue[count];
        for (int i = 0; i < count; i++)
        {
            GraphScope level = scope.Enter($"{i}");
            if (i <= maps.Length)
            {
                GraphValue map = maps[Math.Min(i, maps.Length - 1)];
                values[i] = level.Convolution("conv", map, new() { OutChannels = _spec.Channels, Kernel = 1, HasBias = true });
                values[i] = level.Normalize("norm", values[i], _spec.Normalization);
            }
            else
            {
                values[i] = values[i - 1];
            }

            values[i] = i >= maps.Length ? Halve(level, values[i]) : values[i];
        }

        return values;
    }

    private GraphValue[] Cell(GraphScope scope, GraphValue[] inputs, FeatureMap[] maps)
    {
        int top = inputs.Length - 1;
        var down = (GraphValue[])inputs.Clone();
        for (int i = top - 1; i >= 0; i--)
        {
            GraphScope node = scope.Enter("down").Enter($"{i}");
            GraphValue enlarged = node.Add("upsample", new UpsampleLike(), down[i + 1], inputs[i]);
            down[i] = Node(node, inputs[i], enlarged);
        }

        GraphValue[] outputs = [down[0], .. inputs[1..]];
        for (int i = 1; i <= top; i++)
        {
            GraphScope node = scope.Enter("up").Enter($"{i}");
            GraphValue halved = Halve(node, outputs[i - 1]);
            halved = i < maps.Length ? HalvedMap.Fit(node, halved, maps[i]) : halved;
            outputs[i] = i == top ? Node(node, inputs[i], halved) : Node(node, inputs[i], down[i], halved);
        }

        return outputs;
    }

    private GraphValue Node(GraphScope scope, params ReadOnlySpan<GraphValue> values)
    {
        GraphValue value = FusionNode.Write(scope, _spec.Fusion, values);
        value = scope.Activate("activation", value, _spec.Activation);
        value = scope.Convolution("depthwise", value, new()
        {
            OutChannels = _spec.Channels,
            Kernel = 3,
            Padding = 1,
            Groups = _spec.Channels,
        });
        value = scope.Convolution("pointwise", value, new() { OutChannels = _spec.Channels, Kernel = 1, HasBias = true });
        return scope.Normalize("norm", value, _spec.Normalization);
    }

    private static GraphValue Halve(GraphScope scope, GraphValue value) =>
        scope.Add("downsample", new MaxPool { Kernel = 3, Stride = 2, Padding = 1 }, value);
}
