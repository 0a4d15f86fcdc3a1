using DeepVision.Detections;

namespace DeepVision.Heads;

/// <summary>How FastestDet's raw outputs become boxes. The defaults are those that its published figures were measured with.</summary>
public sealed record FastestDetDecoderOptions
{
    /// <summary>Scores must be above it, 0 to 1; default 0.01.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public float ScoreThreshold { get; init => field = DecoderLimits.Score(value); } = 0.01f;

    /// <summary>The most boxes of an image; at least 1, default 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int MaxDetections { get; init => field = DecoderLimits.Count(value); } = 100;

    /// <summary>How overlapping boxes are thinned out; default hard, within each class, above an IoU of 0.45.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public NmsOptions Nms { get; init => field = DecoderLimits.Consistent(value); } = new() { IouThreshold = 0.45 };

    /// <summary>
    /// Whether boxes that reach over the image's edge are cut there, after suppression. Default false: the published code leaves them
    /// as they are.
    /// </summary>
    public bool ClipToImage { get; init; }
}
