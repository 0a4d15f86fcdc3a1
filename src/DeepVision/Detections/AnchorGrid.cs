using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>
/// The anchors of one feature map, computed when asked for: no array as long as the map. Anchors are numbered by row, then
/// column, then anchor of the place: <c>(y * Map.Width + x) * AnchorsPerLocation + a</c>. Immutable and thread-safe.
/// </summary>
public sealed class AnchorGrid
{
    private readonly Box[] _base;

    /// <summary>Lays a level's anchors over a feature map.</summary>
    /// <param name="level">Sizes and aspect ratios.</param>
    /// <param name="map">Size of the feature map.</param>
    /// <param name="padded">Size of the tensor that went into the network, padding included.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A side is below 1, or the map has more than <see cref="int.MaxValue"/> anchors.
    /// </exception>
    public AnchorGrid(AnchorLevelSpec level, SpatialSize map, SpatialSize padded)
        : this((level ?? throw new ArgumentNullException(nameof(level))).BaseAnchors(), map, padded)
    {
    }

    internal AnchorGrid(Box[] baseAnchors, SpatialSize map, SpatialSize padded)
    {
        map.ThrowIfEmpty(nameof(map));
        padded.ThrowIfEmpty(nameof(padded));
        if (map.Area > int.MaxValue / baseAnchors.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(map), map, $"At most {int.MaxValue} anchors are supported; this map has {map.Area} places with {baseAnchors.Length} each.");
        }

        _base = baseAnchors;
        Map = map;
        StrideY = padded.Height / map.Height;
        StrideX = padded.Width / map.Width;
    }

    /// <summary>Size of the feature map.</summary>
    public SpatialSize Map { get; }

    /// <summary>Pixels between rows: the padded input's height divided by the map's, rounded down as torchvision does.</summary>
    public int StrideY { get; }

    /// <summary>Pixels between columns: the padded input's width divided by the map's, rounded down.</summary>
    public int StrideX { get; }

    /// <summary>A, the number of anchors at each place.</summary>
    public int AnchorsPerLocation => _base.Length;

    /// <summary>The number of anchors on the map.</summary>
    public int Count => Map.Height * Map.Width * _base.Length;

    /// <summary>One anchor in pixels of the padded input; it may reach beyond the image.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not below <see cref="Count"/>.</exception>
    public Box this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            (int place, int a) = Math.DivRem(index, _base.Length);
            (int y, int x) = Math.DivRem(place, Map.Width);
            Box anchor = _base[a];
            float shiftX = x * StrideX;
            float shiftY = y * StrideY;
            return new Box(shiftX + anchor.X1, shiftY + anchor.Y1, shiftX + anchor.X2, shiftY + anchor.Y2);
        }
    }
}
