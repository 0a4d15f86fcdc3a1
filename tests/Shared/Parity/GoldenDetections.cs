using System.Text.Json;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Tests.Parity;

/// <summary>What torchvision detected in one case of tests/golden/detections: boxes as left, top, right, bottom.</summary>
internal sealed record GoldenDetections(JsonElement Case, int[] Labels, float[] Scores, float[][] Boxes)
{
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

    /// <summary>The builder with the case's sizes, where it has others than the preset.</summary>
    internal VisionModelBuilder Resized(VisionModelBuilder builder) =>
        Has("minSize")
            ? builder.WithPreprocessing(ImagePreprocessing.TorchvisionDetection(Int("minSize"), Int("maxSize")))
            : builder;

    /// <summary>Whether the case states something.</summary>
    internal bool Has(string property) => Case.TryGetProperty(property, out _);

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
    /// score threshold or of a cut-off (the first candidate that a level's or its class's list left out, the last of the result),
    /// or that overlaps another of its label within 1e-3 of the suppression threshold.
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
        string[] unexcused =
        [
            .. left.Where(d => !CutScores(d.Label).Any(cut => Math.Abs(d.Score - cut) <= ScoreSlack)
                    && !HasBorderlineOverlap(d.Label, d.Box, Labels, Boxes) && !HasBorderlineOverlap(d.Label, d.Box, labels, boxes))
                .Select(d => $"{d.Side}: label {d.Label}, score {d.Score:R}, box [{string.Join(", ", d.Box)}]"),
        ];
        return new DetectionMatch(Labels.Length, left.Count, worstScore, unexcused);
    }

    /// <summary>The scores where a detection of a class stops being one.</summary>
    private IEnumerable<double> CutScores(int label)
    {
        yield return Case.GetProperty("scoreThreshold").GetDouble();
        if (Int("keptBeforeCap") > Labels.Length)
        {
            yield return Scores[^1];
        }

        if (Case.TryGetProperty("levelCutScores", out JsonElement levels))
        {
            foreach (JsonElement cut in levels.EnumerateArray())
            {
                yield return cut.GetDouble();
            }
        }
        else if (Case.GetProperty("classCutScores").TryGetProperty($"{label}", out JsonElement cut))
        {
            yield return cut.GetDouble();
        }
    }

    private bool HasBorderlineOverlap(int label, float[] box, int[] labels, float[][] boxes)
    {
        double threshold = Case.GetProperty("nmsThreshold").GetDouble();
        return Enumerable.Range(0, labels.Length).Any(i => labels[i] == label && Math.Abs(Overlap(box, boxes[i]) - threshold) <= NmsSlack);
    }

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
