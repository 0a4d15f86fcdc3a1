using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>
/// What an engine picked of one image's outputs on one feature level: every element that can become a candidate, with the
/// box deltas of its anchor. More than the best may be given, in any order; the decoder trims them.
/// </summary>
public sealed class LevelCandidates
{
    /// <summary>H and W of the feature map.</summary>
    public required SpatialSize Map { get; init; }

    /// <summary>The elements' numbers in the level's logits (A * K, H, W), each at most once.</summary>
    public required IReadOnlyList<int> Offsets { get; init; }

    /// <summary>Their logits.</summary>
    public required IReadOnlyList<float> Logits { get; init; }

    /// <summary>Four deltas (dx, dy, dw, dh) for each, one after the other.</summary>
    public required IReadOnlyList<float> Deltas { get; init; }
}
