using System.Globalization;

namespace DeepVision.Tensors;

/// <summary>
/// An axis-aligned rectangle in pixels, as torchvision writes boxes: (<see cref="X1"/>, <see cref="Y1"/>) is the top left
/// corner, (<see cref="X2"/>, <see cref="Y2"/>) the bottom right one, and the far edges are exclusive. Pixel column 0
/// covers 0 to 1, so the whole of a 640 x 480 image is (0, 0, 640, 480) and the width is <c>X2 - X1</c> with no plus one.
/// Coordinates may be fractional. Nothing is normalized: a box whose corners are swapped has negative sides.
/// </summary>
/// <param name="X1">Left edge.</param>
/// <param name="Y1">Top edge.</param>
/// <param name="X2">Right edge, exclusive.</param>
/// <param name="Y2">Bottom edge, exclusive.</param>
public readonly record struct Box(float X1, float Y1, float X2, float Y2)
{
    /// <summary><c>X2 - X1</c>; negative where the corners are swapped.</summary>
    public float Width => X2 - X1;

    /// <summary><c>Y2 - Y1</c>; negative where the corners are swapped.</summary>
    public float Height => Y2 - Y1;

    /// <summary>Width times height, 0 where either is not positive.</summary>
    public float Area => Width > 0f && Height > 0f ? Width * Height : 0f;

    /// <summary>The common part of two boxes; a box of zeros where they share no area.</summary>
    public Box Intersect(Box other)
    {
        var common = new Box(
            MathF.Max(X1, other.X1), MathF.Max(Y1, other.Y1), MathF.Min(X2, other.X2), MathF.Min(Y2, other.Y2));
        return common.Area > 0f ? common : default;
    }

    /// <summary>
    /// Intersection over union, 0 to 1, in float32. It is 0 where the boxes share no area, also where one has none or a
    /// coordinate is NaN (torchvision gives NaN for two boxes without area).
    /// </summary>
    public float IoU(Box other)
    {
        float common = Intersect(other).Area;
        return common > 0f ? common / (Area + other.Area - common) : 0f;
    }

    /// <summary>
    /// The box with every coordinate moved into an image of the given size. A box wholly outside becomes one without area
    /// on the border. NaN stays NaN.
    /// </summary>
    /// <param name="width">Image width in pixels.</param>
    /// <param name="height">Image height in pixels.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is negative or NaN.</exception>
    public Box Clip(float width, float height)
    {
        if (!(width >= 0f))
        {
            throw new ArgumentOutOfRangeException(nameof(width), width, "An image's width is 0 or more pixels.");
        }

        if (!(height >= 0f))
        {
            throw new ArgumentOutOfRangeException(nameof(height), height, "An image's height is 0 or more pixels.");
        }

        return new Box(Clamp(X1, width), Clamp(Y1, height), Clamp(X2, width), Clamp(Y2, height));
    }

    /// <summary>The corners with at most two decimals, as <c>(12, 34.5)-(56, 78)</c>, in every culture.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"({X1:0.##}, {Y1:0.##})-({X2:0.##}, {Y2:0.##})");

    // Not Math.Clamp: a NaN passes both comparisons and stays, as in torch.clamp.
    private static float Clamp(float value, float limit) => value < 0f ? 0f : value > limit ? limit : value;
}
