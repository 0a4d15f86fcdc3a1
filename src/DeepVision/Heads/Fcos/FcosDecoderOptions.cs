using DeepVision.Detections;

namespace DeepVision.Heads;

/// <summary>How FCOS's raw outputs become boxes. The defaults are torchvision's.</summary>
public sealed record FcosDecoderOptions
{
    /// <summary>Scores must be above it, 0 to 1; default 0.2. A score is the root of class probability times center-ness.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public float ScoreThreshold { get; init => field = DecoderLimits.Score(value); } = 0.2f;

    /// <summary>The most candidates of each level that are decoded; at least 1, default 1000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int TopKPerLevel { get; init => field = DecoderLimits.Count(value); } = 1000;

    /// <summary>The most boxes of an image; at least 1, default 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int MaxDetections { get; init => field = DecoderLimits.Count(value); } = 100;

    /// <summary>How overlapping boxes are thinned out; default hard, within each class, above an IoU of 0.6.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public NmsOptions Nms { get; init => field = DecoderLimits.Consistent(value); } = new() { IouThreshold = 0.6 };
}
