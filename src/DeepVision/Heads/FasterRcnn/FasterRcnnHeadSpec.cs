using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Graphs;

namespace DeepVision.Heads;

/// <summary>
/// Faster R-CNN's two stages (Ren et al. 2015) over a feature pyramid: a region proposal network that stands on every map, and a
/// box head over regions that are cut out of all maps but the coarsest. The first stage gives <c>objectness.P2</c> (N, A, H, W) and
/// <c>anchor_deltas.P2</c> (N, A * 4, H, W) for each map and the maps themselves; the second <c>class_logits</c> (R, K) and
/// <c>box_regression</c> (R, 4 * K) for the proposals of all images.
/// </summary>
public sealed record FasterRcnnHeadSpec
{
    /// <summary>How many classes, the background included, which is the first; at least 2. torchvision's COCO models count 91.</summary>
    public required int Classes { get; init; }

    /// <summary>The anchors, one entry a map. Default those of torchvision's Faster R-CNN, for P2 to P6.</summary>
    public AnchorSpec Anchors { get; init; } = AnchorSpec.FasterRcnn;

    /// <summary>The level that the first entry of <see cref="Anchors"/> stands on, where they are not named. Default 2.</summary>
    public int LowestLevel { get; init; } = 2;

    /// <summary>
    /// The maps that <see cref="Anchors"/> stand on by their names, from fine to coarse, instead of by level: P5, <c>Pfinal</c> and P6
    /// for torchvision's Faster R-CNN over a MobileNetV3, of which two have one stride. Default null: by level.
    /// </summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>3x3 convolutions before the proposal network's outputs; at least 1. Default 1; torchvision's v2 has 2.</summary>
    public int ProposalDepth { get; init; } = 1;

    /// <summary>Limits and thresholds of the proposals. Default torchvision's.</summary>
    public ProposalOptions Proposals { get; init; } = new();

    /// <summary>How regions are cut out. Default torchvision's.</summary>
    public RoiAlignOptions RoiAlign { get; init; } = new();

    /// <summary>Channels of 3x3 convolutions over a region before the hidden layers. Default none; torchvision's v2 has four of 256.</summary>
    public IReadOnlyList<int> BoxConvolutions { get; init; } = [];

    /// <summary>The normalization behind <see cref="BoxConvolutions"/>. Default batch norm.</summary>
    public Normalization BoxNormalization { get; init; } = Normalization.BatchNorm;

    /// <summary>
    /// Features of the hidden layers: two without <see cref="BoxConvolutions"/>, one behind them. At least 1, default 1024.
    /// </summary>
    public int HiddenFeatures { get; init; } = 1024;

    /// <summary>Thresholds and limits of the decoding. Default torchvision's.</summary>
    public FasterRcnnDecoderOptions Decoding { get; init; } = new();

    /// <summary>The levels that the anchors stand on, where no <see cref="Features"/> are named.</summary>
    public LevelRange Levels => new(LowestLevel, LowestLevel + Anchors.Levels.Count - 1);
}
