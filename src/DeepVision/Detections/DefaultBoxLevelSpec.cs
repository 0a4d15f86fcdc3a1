namespace DeepVision.Detections;

/// <summary>
/// The default boxes at each place of one of SSD's maps (Liu et al. 2016): a square of the level's scale, a square between it and
/// the next level's, and for each aspect ratio a wide and a tall box of the level's area.
/// </summary>
public sealed record DefaultBoxLevelSpec
{
    /// <summary>The first square's side as a share of the image's; finite and above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public required double Scale { get; init => field = Positive(value); }

    /// <summary>The next level's scale: the second square's side is the root of both scales' product; finite and above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public required double NextScale { get; init => field = Positive(value); }

    /// <summary>Width divided by height of the wide boxes; each gives a tall one as well. Finite and above 0; may be empty.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not a finite number above 0.</exception>
    public required IReadOnlyList<double> AspectRatios
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = [.. value.Select(Positive)];
        }
    }

    /// <summary>Pixels of the input between places; at least 1. Default null: the input's side divided by the map's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? Step
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(value));
            field = value;
        }
    }

    /// <summary>A, the number of boxes at each place: two squares, and two for each aspect ratio.</summary>
    public int BoxesPerLocation => 2 + (2 * AspectRatios.Count);

    /// <summary>True where all numbers are equal.</summary>
    public bool Equals(DefaultBoxLevelSpec? other) =>
        other is not null && Scale == other.Scale && NextScale == other.NextScale && Step == other.Step
        && AspectRatios.SequenceEqual(other.AspectRatios);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Scale, NextScale, Step, AspectRatios.Count);

    /// <summary>The boxes' widths and heights as shares of the image's sides, in torchvision's order and rounding.</summary>
    internal (float Width, float Height)[] Sizes(bool clips)
    {
        double between = Math.Sqrt(Scale * NextScale);
        List<(double Width, double Height)> sizes = [(Scale, Scale), (between, between)];
        foreach (double ratio in AspectRatios)
        {
            double root = Math.Sqrt(ratio);
            sizes.Add((Scale * root, Scale / root));
            sizes.Add((Scale / root, Scale * root));
        }

        return [.. sizes.Select(size => (Rounded(size.Width), Rounded(size.Height)))];

        float Rounded(double side) => clips ? Math.Min((float)side, 1f) : (float)side;
    }

    private static double Positive(double value) => double.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a finite number above 0.");
}
