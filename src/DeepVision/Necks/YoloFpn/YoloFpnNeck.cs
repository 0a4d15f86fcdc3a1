using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Necks;

/// <summary>The path that a <see cref="YoloFpnSpec"/> describes, with YOLOX's parameter names (<c>out1_cbl</c>, <c>out1</c> ...).</summary>
internal sealed class YoloFpnNeck : Neck
{
    private const int Levels = 3;
    private const int Layers = 5;

    private readonly YoloFpnSpec _spec;

    /// <summary>Creates the neck.</summary>
    public YoloFpnNeck(YoloFpnSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "YOLO FPN";

    /// <summary>Empty: the layers stand beside the backbone.</summary>
    public override string ScopeName => "";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        FeatureRequirements.RequirePyramid(features, minCount: Levels);
        if (features.TakeLast(Levels).Any(feature => feature.Channels < 2))
        {
            FeatureRequirements.Fail("maps of at least 2 channels", features);
        }

        return [features[^3].ToNeckMap(features[^3].Channels / 2), features[^2].ToNeckMap(features[^2].Channels / 2), features[^1].ToNeckMap()];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        GraphValue coarse = features[^1].Value;
        GraphValue middle = Fuse(scope, "out1", coarse, features[^2].Value);
        return [Fuse(scope, "out2", middle, features[^3].Value), middle, coarse];
    }

    private GraphValue Fuse(GraphScope scope, string name, GraphValue coarse, GraphValue fine)
    {
        var block = new YoloBlocks(_spec.Activation, _spec.Normalization);
        int narrow = fine.Channels / 2;
        GraphScope lateral = scope.Enter($"{name}_cbl");
        GraphValue value = block.Convolve(lateral, coarse, narrow, kernel: 1, stride: 1);
        value = lateral.Add("upsample", new UpsampleLike(), value, fine);
        value = lateral.Add("concatenate", new Concatenate(), value, fine);
        for (int i = 0; i < Layers; i++)
        {
            bool isWide = i % 2 == 1;
            value = block.Convolve(scope.Enter(name).Enter($"{i}"), value, isWide ? fine.Channels : narrow, kernel: isWide ? 3 : 1, stride: 1);
        }

        return value;
    }
}
