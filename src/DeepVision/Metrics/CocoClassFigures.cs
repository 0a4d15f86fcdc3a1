namespace DeepVision.Metrics;

/// <summary>Everything about one class: mean precision and recall by size range and number of detections; -1 without objects.</summary>
internal sealed class CocoClassFigures
{
    private readonly double[]?[] _precision = new double[CocoSettings.Areas.Length][];
    private readonly double[]?[] _recall = new double[CocoSettings.Areas.Length][];
    private readonly Dictionary<int, double> _recallOfFirst = [];

    private CocoClassFigures(int classIndex) => ClassIndex = classIndex;

    public int ClassIndex { get; }

    /// <summary>Objects of any size that count.</summary>
    public int Counted { get; private set; }

    public static CocoClassFigures Compute(int classIndex, IEnumerable<DetectionSample> samples)
    {
        var figures = new CocoClassFigures(classIndex);
        (GroundTruthBox[] Objects, PredictedBox[] Detections)[] images =
        [
            .. samples.Select(s => (
                s.GroundTruth.Where(g => g.ClassIndex == classIndex).ToArray(),
                s.Predictions.Where(p => p.ClassIndex == classIndex).OrderByDescending(p => p.Score)
                    .Take(CocoSettings.MostDetections).ToArray())),
        ];
        for (int a = 0; a < CocoSettings.Areas.Length; a++)
        {
            var records = new List<CocoRecord>();
            int counted = images.Sum(i => CocoMatcher.Match(i.Objects, i.Detections, CocoSettings.Areas[a], records));
            if (a == 0)
            {
                figures.Counted = counted;
            }

            if (counted == 0)
            {
                continue;
            }

            (figures._precision[a], figures._recall[a]) = CocoCurve.Compute(records, CocoSettings.MostDetections, counted);
            if (a == 0)
            {
                figures._recallOfFirst[1] = CocoCurve.Compute(records, 1, counted).Recall.Average();
                figures._recallOfFirst[10] = CocoCurve.Compute(records, 10, counted).Recall.Average();
            }
        }

        return figures;
    }

    /// <summary>Mean over thresholds in one of the size ranges.</summary>
    public double Precision(int area) => _precision[area]?.Average() ?? -1;

    /// <summary>At one threshold, all sizes.</summary>
    public double PrecisionAt(double threshold) => _precision[0]?[Array.IndexOf(CocoSettings.Thresholds, threshold)] ?? -1;

    /// <summary>Mean over thresholds in one of the size ranges with 100 detections.</summary>
    public double Recall(int area) => _recall[area]?.Average() ?? -1;

    /// <summary>Mean over thresholds, all sizes, with 1 or 10 detections an image.</summary>
    public double RecallOfFirst(int most) => _recallOfFirst.GetValueOrDefault(most, -1);
}
