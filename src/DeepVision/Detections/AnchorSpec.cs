using DeepVision.Heads;

namespace DeepVision.Detections;

/// <summary>The anchors of a detector: one <see cref="AnchorLevelSpec"/> for each feature level, finest level first.</summary>
public sealed record AnchorSpec
{
    /// <summary>
    /// RetinaNet's anchors on P3 to P7: sizes x, x * 2^(1/3) and x * 2^(2/3) cut to whole pixels for x of 32, 64, 128, 256
    /// and 512; aspect ratios 0.5, 1 and 2. Equal to torchvision's <c>_default_anchorgen</c> for RetinaNet.
    /// </summary>
    public static AnchorSpec RetinaNet { get; } = new()
    {
        Levels =
        [
            RetinaNetLevel(32), RetinaNetLevel(64), RetinaNetLevel(128), RetinaNetLevel(256), RetinaNetLevel(512),
        ],
    };

    /// <summary>FCOS's places on P3 to P7: one square a place, as large as the stride. Equal to torchvision's default for FCOS.</summary>
    public static AnchorSpec Fcos { get; } = new()
    {
        Levels = [.. Enumerable.Range(3, 5).Select(level => new AnchorLevelSpec { Sizes = [1 << level], AspectRatios = [1f] })],
    };

    /// <summary>RetinaFace's squares on P3 to P5: 16 and 32, 64 and 128, 256 and 512 pixels. Its first published weights have them.</summary>
    public static AnchorSpec RetinaFace { get; } = new()
    {
        Levels = [.. new float[][] { [16, 32], [64, 128], [256, 512] }.Select(sizes => new AnchorLevelSpec { Sizes = sizes, AspectRatios = [1f] })],
    };

    /// <summary>Squares for smaller faces on P3 to P5: 10 and 20, 32 and 64, 128 and 256 pixels, as the light RetinaFace's published weights have them.</summary>
    public static AnchorSpec LightRetinaFace { get; } = new()
    {
        Levels = [.. new float[][] { [10, 20], [32, 64], [128, 256] }.Select(sizes => new AnchorLevelSpec { Sizes = sizes, AspectRatios = [1f] })],
    };

    /// <summary>
    /// Faster R-CNN's anchors on P2 to P6: one size a level, 32, 64, 128, 256 and 512; aspect ratios 0.5, 1 and 2. Equal to
    /// torchvision's <c>_default_anchorgen</c> for Faster R-CNN.
    /// </summary>
    public static AnchorSpec FasterRcnn { get; } = new()
    {
        Levels = [.. new float[] { 32, 64, 128, 256, 512 }.Select(size => new AnchorLevelSpec { Sizes = [size], AspectRatios = [0.5f, 1f, 2f] })],
    };

    /// <summary>
    /// The anchors of torchvision's Faster R-CNN over a MobileNetV3, the same on each of its three maps: sizes 32, 64, 128, 256 and
    /// 512; aspect ratios 0.5, 1 and 2.
    /// </summary>
    public static AnchorSpec FasterRcnnMobile { get; } = new()
    {
        Levels = [.. Enumerable.Repeat(new AnchorLevelSpec { Sizes = [32, 64, 128, 256, 512], AspectRatios = [0.5f, 1f, 2f] }, 3)],
    };

    /// <summary>The levels, finest first.</summary>
    /// <exception cref="ArgumentException">Empty.</exception>
    public required IReadOnlyList<AnchorLevelSpec> Levels { get; init => field = Checked(value); }

    /// <summary>True where all levels are equal.</summary>
    public bool Equals(AnchorSpec? other) => other is not null && Levels.SequenceEqual(other.Levels);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Levels.Count, Levels[0]);

    private static AnchorLevelSpec RetinaNetLevel(int size) => new()
    {
        Sizes = [size, (int)(size * Math.Pow(2, 1.0 / 3)), (int)(size * Math.Pow(2, 2.0 / 3))],
        AspectRatios = [0.5f, 1f, 2f],
    };

    private static AnchorLevelSpec[] Checked(IReadOnlyList<AnchorLevelSpec> levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        if (levels.Count == 0)
        {
            throw new ArgumentException("A detector needs anchors on at least one level; found none.", nameof(levels));
        }

        foreach (AnchorLevelSpec level in levels)
        {
            ArgumentNullException.ThrowIfNull(level, nameof(levels));
        }

        return [.. levels];
    }
}
