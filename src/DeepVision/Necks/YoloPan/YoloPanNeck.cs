using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Necks;

/// <summary>The concatenating path aggregation that a <see cref="YoloPanSpec"/> describes.</summary>
internal sealed class YoloPanNeck : Neck
{
    private const int Levels = 3;

    private readonly YoloPanSpec _spec;

    /// <summary>Creates the neck.</summary>
    public YoloPanNeck(YoloPanSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Depth, 1);
        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "YOLO PAN";

    /// <summary>Empty: the layers stand beside the backbone, as in YOLOX.</summary>
    public override string ScopeName => "";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted) =>
        [.. Select(features).Select(feature => FeatureInfo.NeckMap(feature.Level, feature.Channels))];

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        (GraphValue fine, GraphValue middle, GraphValue coarse) = (features[^3].Value, features[^2].Value, features[^1].Value);
        var block = new YoloBlocks(_spec.Activation, _spec.Normalization, _spec.IsDepthwise);

        // Top down. The names are YOLOX's: lateral_conv0, C3_p4, reduce_conv1, C3_p3.
        GraphValue reducedCoarse = block.Convolve(scope.Enter("lateral_conv0"), coarse, middle.Channels, kernel: 1, stride: 1);
        GraphValue joined = Enlarge(scope.Enter("top_down0"), reducedCoarse, middle);
        GraphValue topMiddle = block.CrossStagePartial(scope.Enter("C3_p4"), joined, middle.Channels, _spec.Depth);
        GraphValue reducedMiddle = block.Convolve(scope.Enter("reduce_conv1"), topMiddle, fine.Channels, kernel: 1, stride: 1);
        joined = Enlarge(scope.Enter("top_down1"), reducedMiddle, fine);
        GraphValue outFine = block.CrossStagePartial(scope.Enter("C3_p3"), joined, fine.Channels, _spec.Depth);

        // Bottom up: bu_conv2, C3_n3, bu_conv1, C3_n4.
        GraphValue down = block.ConvolveSpatial(scope.Enter("bu_conv2"), outFine, fine.Channels, stride: 2);
        joined = Join(scope.Enter("bottom_up1"), down, reducedMiddle, features[^2].Info);
        GraphValue outMiddle = block.CrossStagePartial(scope.Enter("C3_n3"), joined, middle.Channels, _spec.Depth);
        down = block.ConvolveSpatial(scope.Enter("bu_conv1"), outMiddle, middle.Channels, stride: 2);
        joined = Join(scope.Enter("bottom_up0"), down, reducedCoarse, features[^1].Info);
        GraphValue outCoarse = block.CrossStagePartial(scope.Enter("C3_n4"), joined, coarse.Channels, _spec.Depth);
        return [outFine, outMiddle, outCoarse];
    }

    private static FeatureInfo[] Select(IReadOnlyList<FeatureInfo> features)
    {
        FeatureRequirements.RequirePyramid(features, minCount: Levels);
        FeatureInfo[] selected = [.. features.TakeLast(Levels)];
        if (selected.Any(feature => feature.Channels % 2 != 0))
        {
            FeatureRequirements.Fail("maps of even channels", selected);
        }

        return selected;
    }

    private static GraphValue Join(GraphScope scope, GraphValue halved, GraphValue reduced, FeatureInfo info) =>
        scope.Add("concatenate", new Concatenate(), HalvedMap.Fit(scope, halved, new FeatureMap(info, reduced)), reduced);

    private static GraphValue Enlarge(GraphScope scope, GraphValue coarse, GraphValue fine)
    {
        GraphValue enlarged = scope.Add("upsample", new UpsampleLike(), coarse, fine);
        return scope.Add("concatenate", new Concatenate(), enlarged, fine);
    }
}
