namespace DeepVision.Imaging.Drawing;

/// <summary>How results are drawn.</summary>
public sealed record DrawingOptions
{
    /// <summary>The options used where none are given.</summary>
    public static DrawingOptions Default { get; } = new();

    /// <summary>Width of a box's line in pixels, 1 to 256; null (default) fits it to the image.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside 1 to 256.</exception>
    public int? LineWidth
    {
        get;
        init => field = Checked(value);
    }

    /// <summary>Pixels for each cell of the font, 1 to 256: a character takes 6 x 9 cells. Null (default) fits it to the image.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside 1 to 256.</exception>
    public int? TextScale
    {
        get;
        init => field = Checked(value);
    }

    private static int? Checked(int? value)
    {
        if (value is { } given)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(given, 1, nameof(value));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(given, 256, nameof(value));
        }

        return value;
    }
}
