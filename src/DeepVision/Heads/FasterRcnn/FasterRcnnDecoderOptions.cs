using DeepVision.Detections;

namespace DeepVision.Heads;

/// <summary>How a Faster R-CNN's box head becomes boxes. The defaults are torchvision's.</summary>
public sealed record FasterRcnnDecoderOptions
{
    /// <summary>Scores must be above it, 0 to 1; default 0.05.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public float ScoreThreshold { get; init => field = DecoderLimits.Score(value); } = 0.05f;

    /// <summary>The most boxes of an image; at least 1, default 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int MaxDetections { get; init => field = DecoderLimits.Count(value); } = 100;

    /// <summary>The shortest side in pixels, after clipping to the image; at least 0, default 0.01.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public float MinSide { get; init => field = DecoderLimits.Side(value); } = 1e-2f;

    /// <summary>How overlapping boxes are thinned out; default hard, within each class, above an IoU of 0.5.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public NmsOptions Nms { get; init => field = DecoderLimits.Consistent(value); } = NmsOptions.Default;

    /// <summary>How deltas are applied to proposals; default with weights 10, 10, 5 and 5.</summary>
    public BoxCoder BoxCoder
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = new() { WeightX = 10f, WeightY = 10f, WeightWidth = 5f, WeightHeight = 5f };
}
