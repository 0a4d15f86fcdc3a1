using DeepVision.Tensors;

namespace DeepVision.Metrics;

/// <summary>Matches one image's detections of one class with its objects, greedily from the highest score down.</summary>
internal static class CocoMatcher
{
    /// <param name="objects">The image's objects of the class.</param>
    /// <param name="detections">The best 100 detections of the class, by descending score.</param>
    /// <param name="range">The areas that count; objects outside are ignored, and so are unmatched detections outside.</param>
    /// <param name="records">Gets one record a detection.</param>
    /// <returns>The number of objects that count.</returns>
    public static int Match(
        IReadOnlyList<GroundTruthBox> objects, IReadOnlyList<PredictedBox> detections, CocoAreaRange range, List<CocoRecord> records)
    {
        // Objects that count come first, each group in its own order.
        GroundTruthBox[] sorted = [.. objects.OrderBy(o => Ignored(o, range))];
        int counted = sorted.Count(o => !Ignored(o, range));
        double[,] overlaps = Overlaps(sorted, detections);
        var hits = new ushort[detections.Count];
        var ignored = new ushort[detections.Count];
        var taken = new bool[sorted.Length];
        for (int t = 0; t < CocoSettings.Thresholds.Length; t++)
        {
            Array.Clear(taken);
            for (int d = 0; d < detections.Count; d++)
            {
                int best = Best(sorted, taken, overlaps, d, counted, CocoSettings.Thresholds[t]);
                if (best >= 0)
                {
                    taken[best] = true;
                    hits[d] |= (ushort)(1 << t);
                }

                if (best >= 0 ? best >= counted : !range.Contains(Area(detections[d].Box)))
                {
                    ignored[d] |= (ushort)(1 << t);
                }
            }
        }

        for (int d = 0; d < detections.Count; d++)
        {
            records.Add(new CocoRecord(detections[d].Score, d, hits[d], ignored[d]));
        }

        return counted;
    }

    /// <summary>The free object with the largest overlap, one that counts before any ignored one; of equal ones the last; -1: none.</summary>
    private static int Best(GroundTruthBox[] objects, bool[] taken, double[,] overlaps, int detection, int counted, double threshold)
    {
        double least = Math.Min(threshold, 1 - 1e-10);
        int best = -1;
        for (int g = 0; g < objects.Length; g++)
        {
            if (taken[g] && !objects[g].IsCrowd)
            {
                continue;
            }

            if (best >= 0 && best < counted && g >= counted)
            {
                break;
            }

            if (overlaps[detection, g] >= least)
            {
                least = overlaps[detection, g];
                best = g;
            }
        }

        return best;
    }

    private static double[,] Overlaps(GroundTruthBox[] objects, IReadOnlyList<PredictedBox> detections)
    {
        var overlaps = new double[detections.Count, objects.Length];
        for (int d = 0; d < detections.Count; d++)
        {
            Box found = detections[d].Box;
            for (int g = 0; g < objects.Length; g++)
            {
                Box box = objects[g].Box;
                double width = (double)Math.Min(found.X2, box.X2) - Math.Max(found.X1, box.X1);
                double height = (double)Math.Min(found.Y2, box.Y2) - Math.Max(found.Y1, box.Y1);
                if (width > 0 && height > 0)
                {
                    double common = width * height;
                    overlaps[d, g] = common / (objects[g].IsCrowd ? Area(found) : Area(found) + Area(box) - common);
                }
            }
        }

        return overlaps;
    }

    private static bool Ignored(GroundTruthBox box, CocoAreaRange range) =>
        box.IsCrowd || box.Ignore || !range.Contains(box.Area ?? Area(box.Box));

    private static double Area(Box box) => ((double)box.X2 - box.X1) * ((double)box.Y2 - box.Y1);
}
