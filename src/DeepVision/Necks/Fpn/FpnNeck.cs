using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Necks;

/// <summary>The feature pyramid that an <see cref="FpnSpec"/> describes, with torchvision's parameter names.</summary>
internal sealed class FpnNeck : Neck
{
    private readonly FpnSpec _spec;

    /// <summary>Creates the neck.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The channels are below 1.</exception>
    /// <exception cref="ModelBuildException">The spec states both levels and names.</exception>
    public FpnNeck(FpnSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Channels, 1);
        if (spec is { Levels: { } levels, Features: { } names })
        {
            throw new ModelBuildException(
                $"An FPN takes maps by level or by name; found levels {levels} and names {string.Join(", ", names)}. State one of them.")
            {
                Component = Name,
            };
        }

        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "FPN";

    /// <inheritdoc/>
    public override string ScopeName => "fpn";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        IReadOnlyList<FeatureInfo> inputs = SelectInputs(features, wanted);
        int extra = ExtraCount(ResolveExtra(inputs, wanted));
        FeatureInfo[] outputs =
        [
            .. inputs.Select(input => input.ToNeckMap(_spec.Channels)),
            .. Enumerable.Range(inputs[^1].Level + 1, extra).Select(level => FeatureInfo.NeckMap(level, _spec.Channels)),
        ];
        return outputs.DistinctBy(output => output.Name).Count() == outputs.Length
            ? outputs
            : throw new ModelBuildException($"expected maps whose outputs have names of their own; they would be {string.Join(", ", outputs.AsEnumerable())}");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        IReadOnlyList<FeatureInfo> selected = SelectInputs([.. features.Select(feature => feature.Info)], wanted);
        FeatureMap[] inputs = [.. selected.Select(info => features.First(feature => feature.Info == info))];

        var outputs = new List<GraphValue>(new GraphValue[inputs.Length]);
        GraphValue? above = null;
        for (int i = inputs.Length - 1; i >= 0; i--)
        {
            GraphValue lateral = ConvolveAndNormalize(scope.Enter("inner_blocks").Enter($"{i}"), inputs[i].Value, kernel: 1);
            if (above is not null)
            {
                GraphScope topDown = scope.Enter("top_down").Enter($"{i}");
                GraphValue enlarged = topDown.Add("upsample", new UpsampleLike(), above, lateral);
                lateral = FusionNode.Write(topDown, _spec.Fusion, lateral, enlarged);
            }

            above = lateral;
            outputs[i] = ConvolveAndNormalize(scope.Enter("layer_blocks").Enter($"{i}"), lateral, kernel: 3);
        }

        AddExtraLevels(scope.Enter("extra_blocks"), ResolveExtra(selected, wanted), inputs[^1].Value, outputs);
        return outputs;
    }

    /// <inheritdoc/>
    public override IEnumerable<KeyRename> FormerKeys(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        // Before version 2 of its state dict, torchvision's FPN held plain convolutions in its two lists.
        int count = SelectInputs(features, wanted).Count;
        return
            from list in new[] { "inner_blocks", "layer_blocks" }
            from i in Enumerable.Range(0, count)
            from kind in _spec.Normalization.IsNone ? new[] { "weight", "bias" } : ["weight"]
            select new KeyRename($"{list}.{i}.{kind}", $"{list}.{i}.0.{kind}");
    }

    private static int ExtraCount(FpnExtraLevels extra) => extra switch
    {
        FpnExtraLevels.None => 0,
        FpnExtraLevels.MaxPool => 1,
        _ => 2,
    };

    private IReadOnlyList<FeatureInfo> SelectInputs(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        FeatureRequirements.RequireMaps(features);
        if (_spec.Features is { } names)
        {
            return FeatureRequirements.Select(features, names);
        }

        LevelRange levels = _spec.Levels
            ?? (wanted is { } range
                ? range with { Highest = Math.Min(range.Highest, features[^1].Level) }
                : new LevelRange(features[0].Level, features[^1].Level));
        return levels.Count >= 1
            ? FeatureRequirements.Select(features, levels)
            : throw new ModelBuildException($"expected maps on levels {wanted}; the coarsest found is {features[^1]}");
    }

    private FpnExtraLevels ResolveExtra(IReadOnlyList<FeatureInfo> inputs, LevelRange? wanted)
    {
        if (_spec.ExtraLevels is { } stated)
        {
            return stated;
        }

        int missing = wanted is { } range ? Math.Max(0, range.Highest - inputs[^1].Level) : 0;
        return missing switch
        {
            0 => FpnExtraLevels.None,
            1 => FpnExtraLevels.MaxPool,
            2 => FpnExtraLevels.P6P7FromPyramid,
            _ => throw new ModelBuildException(
                $"expected an input at most two levels below the coarsest of {wanted}, which the head asks for and an FPN adds; found {inputs[^1]}"),
        };
    }

    private void AddExtraLevels(GraphScope scope, FpnExtraLevels extra, GraphValue coarsestInput, List<GraphValue> outputs)
    {
        if (extra == FpnExtraLevels.MaxPool)
        {
            outputs.Add(scope.Add("maxpool", new MaxPool { Kernel = 1, Stride = 2 }, outputs[^1]));
        }
        else if (extra != FpnExtraLevels.None)
        {
            GraphValue source = extra == FpnExtraLevels.P6P7FromPyramid ? outputs[^1] : coarsestInput;
            outputs.Add(Convolve(scope, "p6", source, kernel: 3, stride: 2, hasBias: true));
            GraphValue activated = scope.Activate("relu", outputs[^1], Activation.Relu);
            outputs.Add(Convolve(scope, "p7", activated, kernel: 3, stride: 2, hasBias: true));
        }
    }

    private GraphValue ConvolveAndNormalize(GraphScope scope, GraphValue input, int kernel)
    {
        GraphValue value = Convolve(scope, "0", input, kernel, stride: 1, _spec.Normalization.IsNone);
        return scope.Normalize("1", value, _spec.Normalization);
    }

    private GraphValue Convolve(GraphScope scope, string name, GraphValue input, int kernel, int stride, bool hasBias) =>
        scope.Convolution(name, input, new Convolution
        {
            OutChannels = _spec.Channels,
            Kernel = kernel,
            Stride = stride,
            Padding = kernel / 2,
            HasBias = hasBias,
            WeightInitializer = Initializer.KaimingUniform(input.Channels * kernel * kernel),
            BiasInitializer = Initializer.Zero,
        });
}
