namespace DeepVision.Preprocessing;

/// <summary>The colour of the bars of a letterbox, as 8-bit pixel values before scaling and normalisation.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct FillColour(byte Red, byte Green, byte Blue)
{
    /// <summary>The grey of the YOLO family: 114 in each channel.</summary>
    public static FillColour YoloGrey => Grey(114);

    /// <summary>A grey.</summary>
    public static FillColour Grey(byte value) => new(value, value, value);
}
