namespace DeepVision.Torch.Training.Targets;

/// <summary>Which anchors an <see cref="AnchorMatcher"/> gives to objects. The defaults are torchvision's for RetinaNet.</summary>
public sealed record AnchorMatcherOptions
{
    /// <summary>An anchor of at least this IoU with an object is that object's. 0 to 1, default 0.5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public float ForegroundIoU { get; init => field = Checked(value); } = 0.5f;

    /// <summary>An anchor of less IoU with every object is background; between the two it is neither. 0 to 1, default 0.4.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public float BackgroundIoU { get; init => field = Checked(value); } = 0.4f;

    /// <summary>
    /// Whether the anchors that overlap an object most, however little, become foreground, each for the object that it overlaps
    /// most. Default true.
    /// </summary>
    public bool AllowLowQualityMatches { get; init; } = true;

    /// <summary>
    /// The IoU with an ignored object from which an anchor that would be background counts for nothing. 0 to 1, default 0.4;
    /// null: ignored objects are background, as everything in torchvision that is no object.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public float? IgnoredIoU { get; init => field = value is { } overlap ? Checked(overlap) : null; } = 0.4f;

    private static float Checked(float value) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "An IoU lies between 0 and 1.");
}
