namespace DeepVision.Blocks;

/// <summary>How the mobile networks turn a width factor into whole channels.</summary>
internal static class ChannelRounding
{
    private const int Multiple = 8;

    /// <summary>The nearest multiple of 8, at least 8, and the next one where rounding down would lose more than a tenth.</summary>
    internal static int ToMultipleOf8(double channels)
    {
        int rounded = Math.Max(Multiple, checked((int)(channels + (Multiple / 2))) / Multiple * Multiple);
        return rounded < 0.9 * channels ? rounded + Multiple : rounded;
    }
}
