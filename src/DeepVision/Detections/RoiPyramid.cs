using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>
/// Which map of a pyramid a region of one image is cut out of, as torchvision's <c>MultiScaleRoIAlign</c> decides: scales are
/// powers of two inferred from the heights of maps and images, and a region's level follows from its area.
/// </summary>
internal sealed class RoiPyramid
{
    // Lifts regions that lie on a border by rounding only.
    private const float Slack = 1e-6f;

    private readonly RoiAlignOptions _options;
    private readonly int _lowest;
    private readonly int _highest;

    /// <param name="maps">The sizes of the maps, from fine to coarse.</param>
    /// <param name="image">What of the tensor the images of the batch take up: the largest height and width of them.</param>
    /// <param name="options">The canonical size and level.</param>
    internal RoiPyramid(ReadOnlySpan<SpatialSize> maps, SpatialSize image, RoiAlignOptions options)
    {
        _options = options;
        Scales = new float[maps.Length];
        for (int i = 0; i < maps.Length; i++)
        {
            double exponent = Math.Round(Math.Log2((float)((double)maps[i].Height / image.Height)), MidpointRounding.ToEven);
            Scales[i] = (float)Math.Pow(2, exponent);
        }

        _lowest = (int)-MathF.Log2(Scales[0]);
        _highest = (int)-MathF.Log2(Scales[^1]);
    }

    /// <summary>Pixels of each map for one of the image.</summary>
    internal float[] Scales { get; }

    /// <summary>The map of a box with an area.</summary>
    internal int MapOf(Box box)
    {
        float side = MathF.Sqrt((box.X2 - box.X1) * (box.Y2 - box.Y1));
        float level = MathF.Floor(_options.CanonicalLevel + MathF.Log2(side / _options.CanonicalSize) + Slack);
        int map = (int)Math.Clamp(level, _lowest, Math.Max(_lowest, _highest)) - _lowest;
        return Math.Min(map, Scales.Length - 1);
    }
}
