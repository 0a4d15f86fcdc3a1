using System.Numerics;
using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>
/// Greedy suppression. Boxes are visited from the best down and each is compared with the boxes kept so far in its group,
/// which lie together; it stops as soon as enough are kept. The same result as letting each kept box strike out the later
/// ones, since IoU is symmetric in this arithmetic.
/// </summary>
internal static class HardSuppression
{
    // torchvision.ops.batched_nms moves classes apart while boxes.numel() is at most 4000 on a CPU.
    private const int LargestMovedApart = 1000;

    public static int Run(
        ReadOnlySpan<Box> boxes,
        ReadOnlySpan<float> scores,
        ReadOnlySpan<int> classes,
        NmsOptions options,
        in SuppressionArrays arrays,
        Span<KeptBox> kept)
    {
        bool movedApart = options.Scope == NmsScope.PerClassLikeTorchvision && boxes.Length <= LargestMovedApart;
        bool grouped = options.Scope != NmsScope.AllClasses && !movedApart;
        float offset = movedApart ? LargestCoordinate(boxes) + 1f : 0f;
        float threshold = OverlapTest.RoundDown(options.IouThreshold);

        Span<ulong> order = Order(scores, arrays.FirstKeys);
        Span<int> groups = arrays.First[..order.Length];
        if (grouped)
        {
            Group(order, classes, arrays.SecondKeys[..order.Length], groups);
        }
        else
        {
            groups.Clear();
        }

        // sizes[g]: how many are kept in the group whose room starts at g.
        Span<int> sizes = arrays.Second[..order.Length];
        sizes.Clear();
        int count = 0;
        for (int rank = 0; rank < order.Length && count < kept.Length; rank++)
        {
            int index = ScoreOrder.Index(order[rank]);
            Box box = boxes[index];
            if (movedApart)
            {
                float shift = classes[index] * offset;
                box = new Box(box.X1 + shift, box.Y1 + shift, box.X2 + shift, box.Y2 + shift);
            }

            int group = groups[rank];
            if (!AnyAbove(new OverlapTest(box), threshold, arrays, group, sizes[group]))
            {
                arrays.Set(group + sizes[group]++, box, OverlapTest.Area(box));
                kept[count++] = new KeptBox(index, scores[index]);
            }
        }

        return count;
    }

    private static Span<ulong> Order(ReadOnlySpan<float> scores, Span<ulong> keys)
    {
        int count = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (!float.IsNaN(scores[i]))
            {
                keys[count++] = ScoreOrder.Key(scores[i], i);
            }
        }

        keys[..count].Sort();
        return keys[..count];
    }

    /// <summary>Gives each rank the start of its class's room: classes lie one after the other, each as long as its boxes.</summary>
    private static void Group(ReadOnlySpan<ulong> order, ReadOnlySpan<int> classes, Span<ulong> keys, Span<int> groups)
    {
        for (int rank = 0; rank < order.Length; rank++)
        {
            keys[rank] = ((ulong)(uint)classes[ScoreOrder.Index(order[rank])] << 32) | (uint)rank;
        }

        keys.Sort();
        int start = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] >> 32 != keys[start] >> 32)
            {
                start = i;
            }

            groups[(int)(uint)keys[i]] = start;
        }
    }

    private static bool AnyAbove(OverlapTest test, float threshold, in SuppressionArrays arrays, int start, int count)
    {
        ReadOnlySpan<float> x1 = arrays.X1.Slice(start, count);
        ReadOnlySpan<float> y1 = arrays.Y1.Slice(start, count);
        ReadOnlySpan<float> x2 = arrays.X2.Slice(start, count);
        ReadOnlySpan<float> y2 = arrays.Y2.Slice(start, count);
        ReadOnlySpan<float> areas = arrays.Areas.Slice(start, count);
        int i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            if (Vector.GreaterThanAny(test.VectorAt(x1, y1, x2, y2, areas, i), new Vector<float>(threshold)))
            {
                return true;
            }
        }

        for (; i < count; i++)
        {
            if (test.At(x1, y1, x2, y2, areas, i) > threshold)
            {
                return true;
            }
        }

        return false;
    }

    private static float LargestCoordinate(ReadOnlySpan<Box> boxes)
    {
        float largest = float.NegativeInfinity;
        foreach (Box box in boxes)
        {
            // MaxNumber passes over NaN, where torch's max would spread it to every box.
            largest = float.MaxNumber(largest, float.MaxNumber(float.MaxNumber(box.X1, box.X2), float.MaxNumber(box.Y1, box.Y2)));
        }

        return largest;
    }
}
