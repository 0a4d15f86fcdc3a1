using DeepVision.Detections;

namespace DeepVision.Heads;

/// <summary>How a region proposal network's raw outputs become proposals. The defaults are torchvision's for Faster R-CNN.</summary>
public sealed record ProposalOptions
{
    /// <summary>The best anchors of each level that are decoded; at least 1, default 1000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int TopKPerLevel { get; init => field = DecoderLimits.Count(value); } = 1000;

    /// <summary>The most proposals of an image; at least 1, default 1000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int MaxProposals { get; init => field = DecoderLimits.Count(value); } = 1000;

    /// <summary>Objectness, after the logistic function, must be at least it, 0 to 1; default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public float ScoreThreshold { get; init => field = DecoderLimits.Score(value); }

    /// <summary>The shortest side in pixels, after clipping to the image; at least 0, default 0.001.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public float MinSide { get; init => field = DecoderLimits.Side(value); } = 1e-3f;

    /// <summary>How overlapping proposals of one level are thinned out; default hard, above an IoU of 0.7.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public NmsOptions Nms { get; init => field = DecoderLimits.Consistent(value); } = new() { IouThreshold = 0.7 };

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
