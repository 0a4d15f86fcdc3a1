using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>
/// The default boxes of one map, computed when asked for, in float32 and in the order of torchvision's
/// <c>DefaultBoxGenerator</c>: the same bits. Boxes are in pixels of the padded input.
/// </summary>
internal readonly struct DefaultBoxGrid
{
    private readonly (float Width, float Height)[] _sizes;
    private readonly SpatialSize _padded;
    private readonly float _placesX;
    private readonly float _placesY;

    /// <summary>Lays boxes over a map.</summary>
    /// <param name="sizes">The boxes' sides as shares of the image's.</param>
    /// <param name="step">Pixels between places; null for the input's side divided by the map's.</param>
    /// <param name="map">Size of the feature map.</param>
    /// <param name="padded">Size of the tensor that went into the network.</param>
    public DefaultBoxGrid((float Width, float Height)[] sizes, int? step, SpatialSize map, SpatialSize padded)
    {
        _sizes = sizes;
        _padded = padded;
        _placesX = step is { } x ? (float)(padded.Width / (double)x) : map.Width;
        _placesY = step is { } y ? (float)(padded.Height / (double)y) : map.Height;
    }

    /// <summary>The box number <paramref name="a"/> at a place.</summary>
    public Box At(int y, int x, int a)
    {
        float centerX = (x + 0.5f) / _placesX;
        float centerY = (y + 0.5f) / _placesY;
        float halfWidth = 0.5f * _sizes[a].Width;
        float halfHeight = 0.5f * _sizes[a].Height;
        return new Box(
            (centerX - halfWidth) * _padded.Width,
            (centerY - halfHeight) * _padded.Height,
            (centerX + halfWidth) * _padded.Width,
            (centerY + halfHeight) * _padded.Height);
    }
}
