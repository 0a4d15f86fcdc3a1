namespace DeepVision.Preprocessing;

/// <summary>The color of the bars of a letterbox, as 8-bit pixel values before scaling and normalization.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct FillColor(byte Red, byte Green, byte Blue)
{
    /// <summary>The gray of the YOLO family: 114 in each channel.</summary>
    public static FillColor YoloGray => Gray(114);

    /// <summary>A gray.</summary>
    public static FillColor Gray(byte value) => new(value, value, value);
}
