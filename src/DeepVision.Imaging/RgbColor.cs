namespace DeepVision.Imaging;

/// <summary>A color of 8 bits a channel.</summary>
public readonly record struct RgbColor(byte Red, byte Green, byte Blue)
{
    /// <summary>Black.</summary>
    public static RgbColor Black => default;

    /// <summary>White.</summary>
    public static RgbColor White => new(255, 255, 255);
}
