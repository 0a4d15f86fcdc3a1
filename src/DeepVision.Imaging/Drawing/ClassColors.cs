namespace DeepVision.Imaging.Drawing;

/// <summary>Colors that stay the same for a class index from image to image and run to run.</summary>
public static class ClassColors
{
    // Neighboring indices lie this share of the color circle apart, so that few are alike however many there are.
    private const double GoldenShare = 0.618033988749895;

    // Three rounds of brightness tell apart indices whose hues come near each other.
    private static readonly double[] s_values = [1.0, 0.78, 0.9];

    /// <summary>The color of an index; negative ones have colors too.</summary>
    public static RgbColor ForIndex(int index)
    {
        uint position = unchecked((uint)index);
        double hue = (0.02 + position * GoldenShare) % 1 * 6;
        double value = 255 * s_values[position / 12 % 3];
        double low = value * 0.12;
        double rising = low + (value - low) * (hue - Math.Floor(hue));
        double falling = low + value - rising;
        (double red, double green, double blue) = (int)hue switch
        {
            0 => (value, rising, low),
            1 => (falling, value, low),
            2 => (low, value, rising),
            3 => (low, falling, value),
            4 => (rising, low, value),
            _ => (value, low, falling),
        };
        return new RgbColor((byte)red, (byte)green, (byte)blue);
    }

    /// <summary>Black or white, whichever has the higher contrast (by WCAG's formula) with the color.</summary>
    internal static RgbColor TextOn(RgbColor color)
    {
        double luminance = 0.2126 * Linear(color.Red) + 0.7152 * Linear(color.Green) + 0.0722 * Linear(color.Blue);
        return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) ? RgbColor.Black : RgbColor.White;
    }

    private static double Linear(byte channel)
    {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
