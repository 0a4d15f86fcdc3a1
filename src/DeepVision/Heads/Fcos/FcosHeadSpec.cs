using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Graphs;

namespace DeepVision.Heads;

/// <summary>
/// FCOS's head (Tian et al. 2019): two towers of 3x3 convolutions, one for classes, one for distances to a box's sides and
/// center-ness, with one set of parameters for all levels. Gives for each level <c>cls_logits.P3</c> (N, K, H, W),
/// <c>bbox_regression.P3</c> (N, 4, H, W) after a ReLU, in strides, and <c>bbox_ctrness.P3</c> (N, 1, H, W).
/// </summary>
public sealed record FcosHeadSpec
{
    /// <summary>How many classes; at least 1. torchvision's COCO model counts 91, one of them unused for background.</summary>
    public required int Classes { get; init; }

    /// <summary>Convolutions in each tower. Default 4.</summary>
    public int TowerDepth { get; init; } = 4;

    /// <summary>The normalization in the towers. Default group norm of 32, which wants channels in multiples of 32.</summary>
    public Normalization Normalization { get; init; } = Normalization.GroupNorm(32);

    /// <summary>One square a level, as large as its stride. Default FCOS's, for P3 to P7.</summary>
    public AnchorSpec Anchors { get; init; } = AnchorSpec.Fcos;

    /// <summary>The level that the first entry of <see cref="Anchors"/> stands on. Default 3.</summary>
    public int LowestLevel { get; init; } = 3;

    /// <summary>Thresholds and limits of the decoding. Default torchvision's.</summary>
    public FcosDecoderOptions Decoding { get; init; } = new();

    /// <summary>The levels that the anchors stand on.</summary>
    public LevelRange Levels => new(LowestLevel, LowestLevel + Anchors.Levels.Count - 1);
}
