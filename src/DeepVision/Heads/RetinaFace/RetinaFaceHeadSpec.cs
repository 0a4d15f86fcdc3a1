using DeepVision.Components;
using DeepVision.Detections;

namespace DeepVision.Heads;

/// <summary>
/// RetinaFace's head (Deng et al. 2019): for each level three 1x1 convolutions of its own. Gives for each level
/// <c>class_logits.P3</c> (N, A * (K + 1), H, W) with the background first, <c>bbox_regression.P3</c> (N, A * 4, H, W) and
/// <c>landmark_regression.P3</c> (N, A * 10, H, W), where A is the number of anchors at a pixel.
/// </summary>
public sealed record RetinaFaceHeadSpec
{
    /// <summary>How many classes, without the background; at least 1. Default 1: faces.</summary>
    public int Classes { get; init; } = 1;

    /// <summary>The anchors, one entry a level; as many on each. Default RetinaFace's, for P3 to P5.</summary>
    public AnchorSpec Anchors { get; init; } = AnchorSpec.RetinaFace;

    /// <summary>The level that the first entry of <see cref="Anchors"/> stands on. Default 3.</summary>
    public int LowestLevel { get; init; } = 3;

    /// <summary>Thresholds and limits of the decoding. Default those of the published code.</summary>
    public RetinaFaceDecoderOptions Decoding { get; init; } = new();

    /// <summary>The levels that the anchors stand on.</summary>
    public LevelRange Levels => new(LowestLevel, LowestLevel + Anchors.Levels.Count - 1);
}
