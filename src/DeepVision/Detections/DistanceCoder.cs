using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>
/// The (left, top, right, bottom) coding of FCOS: distances from an anchor's center to the sides of a box, in units of the
/// anchor's own sides. Float32 in the order of torchvision's <c>BoxLinearCoder</c>, which gives the same bits.
/// </summary>
internal static class DistanceCoder
{
    public static Box Decode(Box anchor, float left, float top, float right, float bottom)
    {
        float x = 0.5f * (anchor.X1 + anchor.X2);
        float y = 0.5f * (anchor.Y1 + anchor.Y2);
        float width = anchor.X2 - anchor.X1;
        float height = anchor.Y2 - anchor.Y1;
        return new Box(x - (left * width), y - (top * height), x + (right * width), y + (bottom * height));
    }
}
