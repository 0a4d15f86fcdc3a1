namespace DeepVision.Imaging.Drawing;

/// <summary>How a segmentation is drawn.</summary>
public sealed record SegmentationDrawingOptions
{
    /// <summary>How much of each pixel is its class's color, 0 to 1. Default 0.6.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside 0 to 1.</exception>
    public float Opacity
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "An opacity lies in 0 to 1.");
    } = 0.6f;

    /// <summary>The class whose pixels stay as they are and which the legend leaves out. Default 0, the background; null for none.</summary>
    public int? Background { get; init; } = 0;

    /// <summary>The smallest share of the image that a class in the legend has, 0 to 1; above 1 for no legend. Default 0.001.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or NaN.</exception>
    public float LegendShare
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A share is at least 0.");
    } = 0.001f;

    /// <summary>Pixels for each cell of the legend's font, 1 to 256; null (default) fits it to the image.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside 1 to 256.</exception>
    public int? TextScale
    {
        get;
        init => field = new DrawingOptions { TextScale = value }.TextScale;
    }
}
