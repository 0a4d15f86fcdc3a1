using DeepVision.Detections;

namespace DeepVision.Heads;

/// <summary>How SSD's raw outputs become boxes. The defaults are those of torchvision's SSD300.</summary>
public sealed record SsdDecoderOptions
{
    /// <summary>Those of torchvision's SSDLite320: scores above 0.001, 300 candidates a class, an IoU of 0.55, 300 boxes.</summary>
    public static SsdDecoderOptions SsdLite320 { get; } = new()
    {
        ScoreThreshold = 0.001f,
        TopKPerClass = 300,
        MaxDetections = 300,
        Nms = new NmsOptions { IouThreshold = 0.55 },
    };

    /// <summary>Scores must be above it, 0 to 1; default 0.01. A score is a class's share of the softmax.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public float ScoreThreshold { get; init => field = DecoderLimits.Score(value); } = 0.01f;

    /// <summary>The most candidates of each class that are decoded; at least 1, default 400.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int TopKPerClass { get; init => field = DecoderLimits.Count(value); } = 400;

    /// <summary>The most boxes of an image; at least 1, default 200.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int MaxDetections { get; init => field = DecoderLimits.Count(value); } = 200;

    /// <summary>How overlapping boxes are thinned out; default hard, within each class, above an IoU of 0.45.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public NmsOptions Nms { get; init => field = DecoderLimits.Consistent(value); } = new() { IouThreshold = 0.45 };

    /// <summary>How deltas are applied to default boxes; default weights of 10 for the center and 5 for the sides.</summary>
    public BoxCoder BoxCoder
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = new() { WeightX = 10, WeightY = 10, WeightWidth = 5, WeightHeight = 5 };
}
