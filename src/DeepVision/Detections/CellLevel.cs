using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>
/// Raw outputs on one feature level of a detector that gives one box a cell, such as YOLOX or FastestDet, as the network writes
/// them for a batch: before any activation.
/// </summary>
/// <param name="Logits">Class logits, (N, K, H, W).</param>
/// <param name="Boxes">Four numbers a box: x, y, width, height in the network's own measure, (N, 4, H, W).</param>
/// <param name="Objectness">The logit of whether the cell has an object, (N, 1, H, W).</param>
internal sealed record CellLevel(HostTensor Logits, HostTensor Boxes, HostTensor Objectness)
{
    /// <summary>Checks the shapes; gives H and W.</summary>
    internal SpatialSize Check(int classes)
    {
        SpatialSize map = LevelShapes.MapOf(Logits, classes, "class logits");
        LevelShapes.Require(Boxes, Logits.Shape.With(1, 4), "boxes");
        LevelShapes.Require(Objectness, Logits.Shape.With(1, 1), "objectness");
        return map;
    }

    /// <summary>The first index of the largest number; a NaN is never larger.</summary>
    internal static int IndexOfLargest(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best])
            {
                best = i;
            }
        }

        return best;
    }
}
