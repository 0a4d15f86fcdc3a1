namespace DeepVision.Detections;

/// <summary>
/// How regions are cut out of feature maps (RoIAlign, He et al. 2017), and of which map of a pyramid. The defaults are those of
/// torchvision's Faster R-CNN.
/// </summary>
public sealed record RoiAlignOptions
{
    private const int Largest = 64;

    /// <summary>Rows and columns of bins that a region becomes; 1 to 64, default 7.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 1 to 64.</exception>
    public int OutputSize { get; init => field = Checked(value); } = 7;

    /// <summary>Points along each axis of a bin whose mean it is; 1 to 64, default 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 1 to 64.</exception>
    public int SamplingRatio { get; init => field = Checked(value); } = 2;

    /// <summary>The side in pixels of a square that is cut out of <see cref="CanonicalLevel"/>; above 0, default 224.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public float CanonicalSize
    {
        get;
        init => field = float.IsFinite(value) && value > 0f
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A canonical size is a finite number above 0.");
    } = 224f;

    /// <summary>The level for regions of <see cref="CanonicalSize"/>; those half as large go one level down. Default 4.</summary>
    public int CanonicalLevel { get; init; } = 4;

    private static int Checked(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Largest);
        return value;
    }
}
