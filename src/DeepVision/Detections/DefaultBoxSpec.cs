namespace DeepVision.Detections;

/// <summary>SSD's default boxes: one <see cref="DefaultBoxLevelSpec"/> for each map, finest first.</summary>
public sealed record DefaultBoxSpec
{
    /// <summary>The boxes of torchvision's SSD300 with a VGG-16: 8732 for an image of 300 x 300.</summary>
    public static DefaultBoxSpec Ssd300 { get; } = new()
    {
        Levels =
        [
            Level(0.07, 0.15, 8, 2), Level(0.15, 0.33, 16, 2, 3), Level(0.33, 0.51, 32, 2, 3),
            Level(0.51, 0.69, 64, 2, 3), Level(0.69, 0.87, 100, 2), Level(0.87, 1.05, 300, 2),
        ],
    };

    /// <summary>The boxes of torchvision's SSDLite320 with a MobileNetV3: 3234 for an image of 320 x 320.</summary>
    public static DefaultBoxSpec SsdLite320 { get; } = Spread(6, 0.2, 0.95, [2, 3]);

    /// <summary>The levels, finest first.</summary>
    /// <exception cref="ArgumentException">Empty.</exception>
    public required IReadOnlyList<DefaultBoxLevelSpec> Levels { get; init => field = Checked(value); }

    /// <summary>Whether a box's sides are cut to the image's. Default true.</summary>
    public bool ClipsSides { get; init; } = true;

    /// <summary>Levels whose scales are evenly spread, with 1 behind the last.</summary>
    /// <param name="levels">How many; at least 2.</param>
    /// <param name="first">The finest level's scale.</param>
    /// <param name="last">The coarsest level's scale.</param>
    /// <param name="aspectRatios">The aspect ratios of every level.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static DefaultBoxSpec Spread(int levels, double first, double last, IReadOnlyList<double> aspectRatios)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 2);
        ArgumentNullException.ThrowIfNull(aspectRatios);
        double range = last - first;
        double[] scales = [.. Enumerable.Range(0, levels).Select(k => first + (range * k / (levels - 1.0))), 1.0];
        return new DefaultBoxSpec
        {
            Levels =
            [
                .. Enumerable.Range(0, levels)
                    .Select(k => new DefaultBoxLevelSpec { Scale = scales[k], NextScale = scales[k + 1], AspectRatios = aspectRatios }),
            ],
        };
    }

    /// <summary>True where all levels are equal.</summary>
    public bool Equals(DefaultBoxSpec? other) => other is not null && ClipsSides == other.ClipsSides && Levels.SequenceEqual(other.Levels);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Levels.Count, Levels[0], ClipsSides);

    private static DefaultBoxLevelSpec Level(double scale, double nextScale, int step, params double[] aspectRatios) =>
        new() { Scale = scale, NextScale = nextScale, Step = step, AspectRatios = aspectRatios };

    private static DefaultBoxLevelSpec[] Checked(IReadOnlyList<DefaultBoxLevelSpec> levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        if (levels.Count == 0)
        {
            throw new ArgumentException("A detector needs default boxes on at least one level; found none.", nameof(levels));
        }

        foreach (DefaultBoxLevelSpec level in levels)
        {
            ArgumentNullException.ThrowIfNull(level, nameof(levels));
        }

        return [.. levels];
    }
}
