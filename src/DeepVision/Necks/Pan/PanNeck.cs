using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Necks;

/// <summary>PANet's bottom-up path: the finest map passes; each coarser one is fused with what comes up from below it.</summary>
internal sealed class PanNeck : Neck
{
    private readonly PanSpec _spec;

    /// <summary>Creates the neck.</summary>
    public PanNeck(PanSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "PAN";

    /// <inheritdoc/>
    public override string ScopeName => "pan";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        FeatureRequirements.RequirePyramid(features, minCount: 2);
        FeatureRequirements.RequireEqualChannels(features);
        return [.. features.Select(feature => FeatureInfo.NeckMap(feature.Level, feature.Channels))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        var outputs = new List<GraphValue> { features[0].Value };
        for (int i = 1; i < features.Count; i++)
        {
            GraphValue down = Block(scope.Enter("downsample_blocks").Enter($"{i - 1}"), outputs[^1], stride: 2);
            GraphScope fusion = scope.Enter("fusion").Enter($"{i - 1}");
            GraphValue sum = FusionNode.Write(fusion, _spec.Fusion, features[i].Value, HalvedMap.Fit(fusion, down, features[i]));
            outputs.Add(Block(scope.Enter("output_blocks").Enter($"{i - 1}"), sum, stride: 1));
        }

        return outputs;
    }

    private GraphValue Block(GraphScope scope, GraphValue input, int stride)
    {
        GraphValue value = scope.Convolution("0", input, new Convolution
        {
            OutChannels = input.Channels,
            Kernel = 3,
            Stride = stride,
            Padding = 1,
            HasBias = _spec.Normalization.IsNone,
            WeightInitializer = Initializer.KaimingUniform(input.Channels * 9),
            BiasInitializer = Initializer.Zero,
        });
        value = scope.Normalize("1", value, _spec.Normalization);
        return scope.Activate("2", value, _spec.Activation);
    }
}
