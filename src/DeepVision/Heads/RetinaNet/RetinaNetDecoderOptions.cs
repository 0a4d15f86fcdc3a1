using DeepVision.Detections;

namespace DeepVision.Heads;

/// <summary>How RetinaNet's raw outputs become boxes. The defaults are torchvision's.</summary>
public sealed record RetinaNetDecoderOptions
{
    /// <summary>Scores must be above it, 0 to 1; default 0.05.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public float ScoreThreshold { get; init => field = DecoderLimits.Score(value); } = 0.05f;

    /// <summary>The most candidates of each level that are decoded; at least 1, default 1000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int TopKPerLevel { get; init => field = DecoderLimits.Count(value); } = 1000;

    /// <summary>The most boxes of an image; at least 1, default 300.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int MaxDetections { get; init => field = DecoderLimits.Count(value); } = 300;

    /// <summary>How overlapping boxes are thinned out; default hard, within each class, above an IoU of 0.5.</summary>
    public NmsOptions Nms
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = NmsOptions.Default;

    /// <summary>How deltas are applied to anchors; default <see cref="BoxCoder.Unweighted"/>.</summary>
    public BoxCoder BoxCoder
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = BoxCoder.Unweighted;
}
