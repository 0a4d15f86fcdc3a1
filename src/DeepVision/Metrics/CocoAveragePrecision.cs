using DeepVision.Tensors;

namespace DeepVision.Metrics;

/// <summary>
/// The COCO detection metric over a set of images: ten IoU thresholds, 101 recalls, four size ranges, at most 1, 10 and 100
/// detections an image and class, crowds and ignored objects. Follows pycocotools' <c>COCOeval</c> for boxes, and adds
/// <see cref="GroundTruthBox.Ignore"/>. Not thread-safe.
/// </summary>
public sealed class CocoAveragePrecision
{
    private readonly SortedDictionary<int, DetectionSample> _samples = [];

    /// <summary>The number of images added.</summary>
    public int ImageCount => _samples.Count;

    /// <summary>Adds one image. Images may come in any order.</summary>
    /// <exception cref="ArgumentNullException">The sample, one of its lists or an entry is null.</exception>
    /// <exception cref="ArgumentException">
    /// The image was added before; a box is not finite or has a negative side; a class is negative; a score or area is not
    /// finite. The message names the entry.
    /// </exception>
    public void Add(DetectionSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(sample.GroundTruth, nameof(sample));
        ArgumentNullException.ThrowIfNull(sample.Predictions, nameof(sample));
        for (int i = 0; i < sample.GroundTruth.Count; i++)
        {
            GroundTruthBox box = sample.GroundTruth[i] ?? throw new ArgumentNullException(nameof(sample), $"Ground truth {i} is null.");
            string subject = $"Image {sample.ImageId}, ground truth {i}";
            CheckBox(box.Box, box.ClassIndex, subject, nameof(sample));
            if (box.Area is { } area && !(area >= 0 && float.IsFinite(area)))
            {
                throw new ArgumentException(FormattableString.Invariant($"{subject}: the area must be finite and 0 or more; found {area}."), nameof(sample));
            }
        }

        for (int i = 0; i < sample.Predictions.Count; i++)
        {
            PredictedBox box = sample.Predictions[i] ?? throw new ArgumentNullException(nameof(sample), $"Prediction {i} is null.");
            string subject = $"Image {sample.ImageId}, prediction {i}";
            CheckBox(box.Box, box.ClassIndex, subject, nameof(sample));
            if (!float.IsFinite(box.Score))
            {
                throw new ArgumentException(FormattableString.Invariant($"{subject}: the score must be finite; found {box.Score}."), nameof(sample));
            }
        }

        if (!_samples.TryAdd(sample.ImageId, sample with { GroundTruth = [.. sample.GroundTruth], Predictions = [.. sample.Predictions] }))
        {
            throw new ArgumentException($"Image {sample.ImageId} was added before.", nameof(sample));
        }
    }

    /// <summary>Computes the figures of all images added.</summary>
    /// <exception cref="InvalidOperationException">No image was added.</exception>
    public CocoSummary Evaluate()
    {
        if (_samples.Count == 0)
        {
            throw new InvalidOperationException("There is nothing to evaluate: add at least one image first.");
        }

        int[] classes =
        [
            .. _samples.Values
                .SelectMany(s => s.GroundTruth.Select(g => g.ClassIndex).Concat(s.Predictions.Select(p => p.ClassIndex)))
                .Distinct().Order(),
        ];
        CocoClassFigures[] figures = [.. classes.Select(c => CocoClassFigures.Compute(c, _samples.Values))];
        return new CocoSummary
        {
            AveragePrecision = Mean(figures, f => f.Precision(0)),
            AveragePrecision50 = Mean(figures, f => f.PrecisionAt(0.5)),
            AveragePrecision75 = Mean(figures, f => f.PrecisionAt(0.75)),
            AveragePrecisionSmall = Mean(figures, f => f.Precision(1)),
            AveragePrecisionMedium = Mean(figures, f => f.Precision(2)),
            AveragePrecisionLarge = Mean(figures, f => f.Precision(3)),
            AverageRecall1 = Mean(figures, f => f.RecallOfFirst(1)),
            AverageRecall10 = Mean(figures, f => f.RecallOfFirst(10)),
            AverageRecall100 = Mean(figures, f => f.Recall(0)),
            AverageRecallSmall = Mean(figures, f => f.Recall(1)),
            AverageRecallMedium = Mean(figures, f => f.Recall(2)),
            AverageRecallLarge = Mean(figures, f => f.Recall(3)),
            Classes =
            [
                .. figures.Select(f => new CocoClassSummary(
                    f.ClassIndex, f.Counted, f.Precision(0), f.PrecisionAt(0.5), f.PrecisionAt(0.75), f.Recall(0))),
            ],
        };
    }

    /// <summary>Adds all images and computes their figures.</summary>
    /// <exception cref="InvalidOperationException">There is no image.</exception>
    public static CocoSummary Evaluate(IEnumerable<DetectionSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var metric = new CocoAveragePrecision();
        foreach (DetectionSample sample in samples)
        {
            metric.Add(sample);
        }

        return metric.Evaluate();
    }

    private static double Mean(CocoClassFigures[] figures, Func<CocoClassFigures, double> select) =>
        figures.Select(select).Where(v => v > -1).DefaultIfEmpty(-1).Average();

    private static void CheckBox(Box box, int classIndex, string subject, string parameter)
    {
        if (!float.IsFinite(box.X1) || !float.IsFinite(box.Y1) || !float.IsFinite(box.X2) || !float.IsFinite(box.Y2)
            || box.X2 < box.X1 || box.Y2 < box.Y1)
        {
            throw new ArgumentException($"{subject}: the box must be finite with sides of 0 or more; found {box}.", parameter);
        }

        if (classIndex < 0)
        {
            throw new ArgumentException($"{subject}: the class must be 0 or more; found {classIndex}.", parameter);
        }
    }
}
