using System.Text.Json;

namespace DeepVision.Tests.Parity;

/// <summary>What torchvision detected in one case of tests/golden/detections: boxes as left, top, right, bottom.</summary>
internal sealed record GoldenDetections(JsonElement Case, int[] Labels, float[] Scores, float[][] Boxes)
{
    internal const double ScoreThreshold = 0.05;
    internal const double NmsThreshold = 0.5;
    private const double ScoreSlack = 1e-4;
    private const double NmsSlack = 1e-3;

    /// <summary>All cases of a file.</summary>
    internal static IReadOnlyList<GoldenDetections> Load(string name) =>
    [
        .. GoldenFolder.Json(Path.Combine("detections", $"{name}.json")).GetProperty("cases").EnumerateArray().Select(entry => new GoldenDetections(
            entry,
            [.. entry.GetProperty("labels").EnumerateArray().Select(e => e.GetInt32())],
            [.. entry.GetProperty("scores").EnumerateArray().Select(e => e.GetSingle())],
            [.. entry.GetProperty("boxes").EnumerateArray().Select(box => box.EnumerateArray().Select(e => e.GetSingle()).ToArray())])),
    ];

    /// <summary>An integer that describes the case.</summary>
    internal int Int(string property) => Case.GetProperty(property).GetInt32();

    /// <summary>The case is worth comparing: 100 detections before the cap, from 3 levels and 5 classes, 20 suppressed.</summary>
    internal void AssertWorthComparing()
    {
        Assert.True(Int("keptBeforeCap") >= 100 && Int("classes") >= 5 && Int("suppressed") >= 20);
        Assert.True(Case.GetProperty("keptByLevel").EnumerateArray().Count(e => e.GetInt32() > 0) >= 3);
        Assert.True(Labels.Length >= 100);
    }

    /// <summary>
    /// Pairs found with expected detections one to one, best score first, by label and overlap; then describes those left
    /// over on either side that no threshold excuses. A threshold excuses a detection whose score lies within 1e-4 of the
    /// score threshold or of a cut-off (a level's 1000th candidate, the last of the result), or that overlaps another of
    /// its label within 1e-3 of the suppression threshold.
    /// </summary>
    internal DetectionMatch Match(int[] labels, float[] scores, float[][] boxes)
    {
        bool[] taken = new bool[labels.Length];
        var left = new List<(string Side, int Label, float Score, float[] Box)>();
        double worstScore = 0;
        for (int i = 0; i < Labels.Length; i++)
        {
            int best = -1;
            double bestOverlap = 0;
            for (int j = 0; j < labels.Length; j++)
            {
                double overlap = taken[j] || labels[j] != Labels[i] ? 0 : Closeness(Boxes[i], boxes[j]);
                if (overlap > bestOverlap)
                {
                    (best, bestOverlap) = (j, overlap);
                }
            }

            if (best >= 0 && bestOverlap > 0.99)
            {
                taken[best] = true;
                worstScore = Math.Max(worstScore, Math.Abs(scores[best] - Scores[i]));
            }
            else
            {
                left.Add(("expected", Labels[i], Scores[i], Boxes[i]));
            }
        }

        left.AddRange(Enumerable.Range(0, labels.Length).Where(j => !taken[j]).Select(j => ("found", labels[j], scores[j], boxes[j])));
        List<double> cuts = [ScoreThreshold, .. Case.GetProperty("levelCutScores").EnumerateArray().Select(e => e.GetDouble())];
        if (Int("keptBeforeCap") > Labels.Length)
        {
            cuts.Add(Scores[^1]);
        }

        string[] unexcused =
        [
            .. left.Where(d => !cuts.Any(cut => Math.Abs(d.Score - cut) <= ScoreSlack)
                    && !HasBorderlineOverlap(d.Label, d.Box, Labels, Boxes) && !HasBorderlineOverlap(d.Label, d.Box, labels, boxes))
                .Select(d => $"{d.Side}: label {d.Label}, score {d.Score:R}, box [{string.Join(", ", d.Box)}]"),
        ];
        return new DetectionMatch(Labels.Length, left.Count, worstScore, unexcused);
    }

    private static bool HasBorderlineOverlap(int label, float[] box, int[] labels, float[][] boxes) =>
        Enumerable.Range(0, labels.Length).Any(i => labels[i] == label && Math.Abs(Overlap(box, boxes[i]) - NmsThreshold) <= NmsSlack);

    /// <summary>Intersection over union; 1 also for boxes within a tenth of a pixel, which may be clipped to almost nothing.</summary>
    private static double Closeness(float[] a, float[] b)
    {
        double far = Enumerable.Range(0, 4).Max(k => Math.Abs((double)a[k] - b[k]));
        return far < 0.1 ? 1.0 : Overlap(a, b);
    }

    private static double Overlap(float[] a, float[] b)
    {
        double width = Math.Max(0, Math.Min(a[2], b[2]) - (double)Math.Max(a[0], b[0]));
        double height = Math.Max(0, Math.Min(a[3], b[3]) - (double)Math.Max(a[1], b[1]));
        double both = width * height;
        return both == 0 ? 0 : both / (Area(a) + Area(b) - both);
    }

    private static double Area(float[] box) => (box[2] - (double)box[0]) * (box[3] - (double)box[1]);
}
