namespace DeepVision.Metrics;

/// <summary>Precision and recall of one class in one setting, from the records of all images.</summary>
internal static class CocoCurve
{
    // The distance from 1 to the next double keeps a division by zero away without changing anything else.
    private static readonly double Tiny = Math.BitIncrement(1.0) - 1.0;

    /// <summary>Precision averaged over the 101 recalls, and the largest recall, at each IoU threshold.</summary>
    /// <param name="records">Of all images, ascending by image, then by rank.</param>
    /// <param name="most">Detections considered in an image.</param>
    /// <param name="counted">Objects that count; above 0.</param>
    public static (double[] Precision, double[] Recall) Compute(IEnumerable<CocoRecord> records, int most, int counted)
    {
        // Both the filter and the sort keep the order of what is equal.
        CocoRecord[] sorted = [.. records.Where(r => r.Rank < most).OrderByDescending(r => r.Score)];
        var precisions = new double[CocoSettings.Thresholds.Length];
        var recalls = new double[precisions.Length];
        var recall = new double[sorted.Length];
        var precision = new double[sorted.Length];
        for (int t = 0; t < precisions.Length; t++)
        {
            int hits = 0;
            int misses = 0;
            for (int i = 0; i < sorted.Length; i++)
            {
                if ((sorted[i].Ignored >> t & 1) == 0)
                {
                    int hit = sorted[i].Hits >> t & 1;
                    hits += hit;
                    misses += 1 - hit;
                }

                recall[i] = (double)hits / counted;
                precision[i] = hits / (misses + hits + Tiny);
            }

            recalls[t] = sorted.Length > 0 ? recall[^1] : 0;
            precisions[t] = AtRecalls(recall, precision);
        }

        return (precisions, recalls);
    }

    /// <summary>The mean over the recall grid of the best precision at that recall or beyond; 0 beyond the last.</summary>
    private static double AtRecalls(double[] recall, double[] precision)
    {
        for (int i = precision.Length - 1; i > 0; i--)
        {
            precision[i - 1] = Math.Max(precision[i - 1], precision[i]);
        }

        double sum = 0;
        int position = 0;
        foreach (double wanted in CocoSettings.Recalls)
        {
            while (position < recall.Length && recall[position] < wanted)
            {
                position++;
            }

            if (position == recall.Length)
            {
                break;
            }

            sum += precision[position];
        }

        return sum / CocoSettings.Recalls.Length;
    }
}
