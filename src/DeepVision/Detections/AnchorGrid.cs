namespace DeepVision.Detections;

/// <summary>
/// The anchors of one feature map, computed when asked for: no array as long as the map. Anchors are numbered by row, then
/// column, then anchor of the place: <c>(y * Width + x) * AnchorsPerLocation + a</c>. Immutable and thread-safe.
/// </summary>
public sealed class AnchorGrid
{
    private readonly Box[] _base;

    /// <summary>Lays a level's anchors over a feature map.</summary>
    /// <param name="level">Sizes and aspect ratios.</param>
    /// <param name="height">Rows of the feature map, at least 1.</param>
    /// <param name="width">Columns of the feature map, at least 1.</param>
    /// <param name="paddedHeight">Rows of the tensor that went into the network, padding included.</param>
    /// <param name="paddedWidth">Columns of the tensor that went into the network, padding included.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A side is below 1, or the map has more than <see cref="int.MaxValue"/> anchors.
    /// </exception>
    public AnchorGrid(AnchorLevelSpec level, int height, int width, int paddedHeight, int paddedWidth)
        : this((level ?? throw new ArgumentNullException(nameof(level))).BaseAnchors(), height, width, paddedHeight, paddedWidth)
    {
    }

    internal AnchorGrid(Box[] baseAnchors, int height, int width, int paddedHeight, int paddedWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(paddedHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(paddedWidth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)height * width, int.MaxValue / baseAnchors.Length, nameof(height));
        _base = baseAnchors;
        Height = height;
        Width = width;
        StrideY = paddedHeight / height;
        StrideX = paddedWidth / width;
    }

    /// <summary>Rows of the feature map.</summary>
    public int Height { get; }

    /// <summary>Columns of the feature map.</summary>
    public int Width { get; }

    /// <summary>Pixels between rows: the padded input's height divided by the map's, rounded down as torchvision does.</summary>
    public int StrideY { get; }

    /// <summary>Pixels between columns: the padded input's width divided by the map's, rounded down.</summary>
    public int StrideX { get; }

    /// <summary>A, the number of anchors at each place.</summary>
    public int AnchorsPerLocation => _base.Length;

    /// <summary>The number of anchors on the map.</summary>
    public int Count => Height * Width * _base.Length;

    /// <summary>One anchor in pixels of the padded input; it may reach beyond the image.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not below <see cref="Count"/>.</exception>
    public Box this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            (int place, int a) = Math.DivRem(index, _base.Length);
            (int y, int x) = Math.DivRem(place, Width);
            Box anchor = _base[a];
            float shiftX = x * StrideX;
            float shiftY = y * StrideY;
            return new Box(shiftX + anchor.X1, shiftY + anchor.Y1, shiftX + anchor.X2, shiftY + anchor.Y2);
        }
    }
}
