namespace DeepVision.Metrics;

/// <summary>The settings of the COCO detection challenge.</summary>
internal static class CocoSettings
{
    /// <summary>The most detections of a class that are considered in an image.</summary>
    public const int MostDetections = 100;

    private const double Large = 1e10;

    /// <summary>IoU thresholds 0.50 to 0.95.</summary>
    public static readonly double[] Thresholds = Linear(0.5, 0.95, 10);

    /// <summary>Recalls 0 to 1 at which precision is read off.</summary>
    public static readonly double[] Recalls = Linear(0, 1, 101);

    /// <summary>All, small, medium, large.</summary>
    public static readonly CocoAreaRange[] Areas =
        [new(0, Large), new(0, 32 * 32), new(32 * 32, 96 * 96), new(96 * 96, Large)];

    // As numpy's linspace, whose last bits decide where a recall equals a grid point.
    private static double[] Linear(double first, double last, int count)
    {
        double step = (last - first) / (count - 1);
        double[] values = [.. Enumerable.Range(0, count).Select(i => (i * step) + first)];
        values[^1] = last;
        return values;
    }
}
