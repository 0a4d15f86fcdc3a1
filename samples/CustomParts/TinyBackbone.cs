using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

/// <summary>A backbone of one's own: state the features first, then write nodes that keep the promise.</summary>
internal sealed class TinyBackbone(int width) : Backbone
{
    private const int Stages = 4;

    public override string Name => $"tiny-{width}";

    public override IReadOnlyList<FeatureInfo> Features { get; } =
        [.. Enumerable.Range(1, Stages).Select(level => FeatureInfo.BackboneMap(level, width << (level - 1)))];

    public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
    {
        var features = new List<GraphValue>();
        foreach (FeatureInfo feature in Features)
        {
            GraphScope stage = scope.Enter($"stage{feature.Level}");
            GraphValue value = features.Count == 0 ? image : features[^1];
            value = stage.Convolution("conv", value, new() { OutChannels = feature.Channels, Kernel = 3, Stride = 2, Padding = Padding2D.Same(3) });
            value = stage.Normalize("norm", value, Normalization.BatchNorm);
            features.Add(stage.Activate("act", value, Activation.Mish));
        }

        return features;
    }
}
