namespace DeepVision.Imaging.Drawing;

/// <summary>Colors from cold to hot: dark blue, cyan, yellow, red, with straight lines between.</summary>
internal static class HeatColors
{
    private static readonly (float At, float Red, float Green, float Blue)[] s_stops =
    [
        (0f, 0, 0, 128), (0.25f, 0, 128, 255), (0.5f, 64, 255, 192), (0.75f, 255, 208, 0), (1f, 224, 0, 0),
    ];

    /// <summary>The color of a value, 0 (cold) to 1 (hot); what lies outside is taken as the nearer end.</summary>
    public static RgbColor Of(float value)
    {
        int i = 1;
        while (i < s_stops.Length - 1 && value > s_stops[i].At)
        {
            i++;
        }

        (float At, float Red, float Green, float Blue) low = s_stops[i - 1];
        (float At, float Red, float Green, float Blue) high = s_stops[i];
        float part = Math.Clamp((value - low.At) / (high.At - low.At), 0, 1);
        return new RgbColor(Between(low.Red, high.Red), Between(low.Green, high.Green), Between(low.Blue, high.Blue));

        byte Between(float from, float to) => (byte)(from + (part * (to - from)) + 0.5f);
    }
}
