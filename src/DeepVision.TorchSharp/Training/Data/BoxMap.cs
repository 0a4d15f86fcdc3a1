using DeepVision.Tensors;

namespace DeepVision.Torch.Training.Data;

/// <summary>Where a point of an image goes when the image is mirrored, scaled or cropped: x becomes ScaleX * x + ShiftX.</summary>
/// <param name="Frame">The new image's size; what lies outside is not seen any more.</param>
public readonly record struct BoxMap(ImageSize Frame)
{
    /// <summary>Factor along x; negative for a mirror image. Default 1.</summary>
    public float ScaleX { get; init; } = 1;

    /// <summary>Shift along x in pixels of the new image. Default 0.</summary>
    public float ShiftX { get; init; }

    /// <summary>Factor along y; negative for an image upside down. Default 1.</summary>
    public float ScaleY { get; init; } = 1;

    /// <summary>Shift along y in pixels of the new image. Default 0.</summary>
    public float ShiftY { get; init; }

    /// <summary>Whether every point stays where it is.</summary>
    public bool IsIdentity => (ScaleX, ShiftX, ScaleY, ShiftY) == (1f, 0f, 1f, 0f);

    /// <summary>The box in the new image, its corners in order, not clipped.</summary>
    public Box Apply(Box box)
    {
        float x1 = (ScaleX * box.X1) + ShiftX, x2 = (ScaleX * box.X2) + ShiftX;
        float y1 = (ScaleY * box.Y1) + ShiftY, y2 = (ScaleY * box.Y2) + ShiftY;
        return new Box(Math.Min(x1, x2), Math.Min(y1, y2), Math.Max(x1, x2), Math.Max(y1, y2));
    }
}
