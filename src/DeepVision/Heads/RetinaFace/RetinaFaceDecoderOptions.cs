using DeepVision.Detections;

namespace DeepVision.Heads;

/// <summary>How RetinaFace's raw outputs become boxes. The defaults are those of the widely used PyTorch reimplementation.</summary>
public sealed record RetinaFaceDecoderOptions
{
    /// <summary>Scores must be above it, 0 to 1; default 0.02.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public float ScoreThreshold { get; init => field = DecoderLimits.Score(value); } = 0.02f;

    /// <summary>The most candidates of an image that are decoded; at least 1, default 5000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int TopK { get; init => field = DecoderLimits.Count(value); } = 5000;

    /// <summary>The most boxes of an image; at least 1, default 750.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int MaxDetections { get; init => field = DecoderLimits.Count(value); } = 750;

    /// <summary>How overlapping boxes are thinned out; default hard, within each class, above an IoU of 0.4.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public NmsOptions Nms { get; init => field = DecoderLimits.Consistent(value); } = new() { IouThreshold = 0.4 };

    /// <summary>
    /// How deltas are applied to anchors; default variances of 0.1 for the center and 0.2 for the sides. Landmarks move as centers do.
    /// </summary>
    public BoxCoder BoxCoder
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = new() { WeightX = 10, WeightY = 10, WeightWidth = 5, WeightHeight = 5 };

    /// <summary>
    /// Whether boxes that reach over the image's edge are cut there, after suppression. Default false: the published code leaves them
    /// as they are.
    /// </summary>
    public bool ClipToImage { get; init; }
}
