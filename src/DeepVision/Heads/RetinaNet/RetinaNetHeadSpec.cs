using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Graphs;

namespace DeepVision.Heads;

/// <summary>
/// RetinaNet's head (Lin et al. 2017): two towers of 3x3 convolutions, one for classes and one for boxes, with one set of
/// parameters for all levels. Gives for each level <c>cls_logits.P3</c> (N, A * K, H, W) and <c>bbox_regression.P3</c>
/// (N, A * 4, H, W), where A is the number of anchors at a pixel.
/// </summary>
public sealed record RetinaNetHeadSpec
{
    /// <summary>How many classes; at least 1. torchvision's COCO models count 91, one of them unused for background.</summary>
    public required int Classes { get; init; }

    /// <summary>Convolutions in each tower. Default 4.</summary>
    public int TowerDepth { get; init; } = 4;

    /// <summary>The normalization in the towers. Default none; torchvision's v2 has group norm of 32.</summary>
    public Normalization Normalization { get; init; } = Normalization.None;

    /// <summary>The anchors, one entry a level. Default RetinaNet's, for P3 to P7.</summary>
    public AnchorSpec Anchors { get; init; } = AnchorSpec.RetinaNet;

    /// <summary>The level that the first entry of <see cref="Anchors"/> stands on. Default 3.</summary>
    public int LowestLevel { get; init; } = 3;

    /// <summary>Thresholds and limits of the decoding. Default torchvision's.</summary>
    public RetinaNetDecoderOptions Decoding { get; init; } = new();

    /// <summary>The levels that the anchors stand on.</summary>
    public LevelRange Levels => new(LowestLevel, LowestLevel + Anchors.Levels.Count - 1);
}
