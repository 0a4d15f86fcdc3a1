using System.Numerics;
using System.Runtime.CompilerServices;
using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>
/// One box against many, in float32 and in the order of torchvision's kernel. The area is not cut at 0 and a quotient of
/// two zeros is NaN, which no comparison with a threshold passes: that is how boxes with NaN coordinates or without area
/// overlap nothing.
/// </summary>
internal readonly struct OverlapTest
{
    private readonly Box _box;
    private readonly float _area;

    public OverlapTest(Box box)
    {
        _box = box;
        _area = Area(box);
    }

    public static float Area(Box box) => (box.X2 - box.X1) * (box.Y2 - box.Y1);

    /// <summary>The largest float32 not above a threshold: for a float32 IoU, "above the double" and "above this" agree.</summary>
    public static float RoundDown(double threshold)
    {
        float rounded = (float)threshold;
        return rounded > threshold ? MathF.BitDecrement(rounded) : rounded;
    }

    /// <summary>IoU with the vector of boxes that starts at a position; may hold NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> VectorAt(
        ReadOnlySpan<float> x1, ReadOnlySpan<float> y1, ReadOnlySpan<float> x2, ReadOnlySpan<float> y2, ReadOnlySpan<float> areas, int position)
    {
        Vector<float> left = Vector.Max(new Vector<float>(_box.X1), new Vector<float>(x1[position..]));
        Vector<float> top = Vector.Max(new Vector<float>(_box.Y1), new Vector<float>(y1[position..]));
        Vector<float> right = Vector.Min(new Vector<float>(_box.X2), new Vector<float>(x2[position..]));
        Vector<float> bottom = Vector.Min(new Vector<float>(_box.Y2), new Vector<float>(y2[position..]));
        Vector<float> common = Vector.Max(Vector<float>.Zero, right - left) * Vector.Max(Vector<float>.Zero, bottom - top);
        return common / (new Vector<float>(_area) + new Vector<float>(areas[position..]) - common);
    }

    /// <summary>IoU with one box; may be NaN.</summary>
    public float At(
        ReadOnlySpan<float> x1, ReadOnlySpan<float> y1, ReadOnlySpan<float> x2, ReadOnlySpan<float> y2, ReadOnlySpan<float> areas, int position)
    {
        float width = MathF.Min(_box.X2, x2[position]) - MathF.Max(_box.X1, x1[position]);
        float height = MathF.Min(_box.Y2, y2[position]) - MathF.Max(_box.Y1, y1[position]);
        float common = MathF.Max(0f, width) * MathF.Max(0f, height);
        return common / (_area + areas[position] - common);
    }
}
