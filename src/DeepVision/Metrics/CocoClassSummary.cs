namespace DeepVision.Metrics;

/// <summary>One class's figures over all sizes with at most 100 detections an image; -1 where the class has no counted object.</summary>
/// <param name="ClassIndex">The class.</param>
/// <param name="GroundTruthCount">Objects that count: neither crowd nor ignored.</param>
/// <param name="AveragePrecision">Mean over IoU thresholds 0.50 to 0.95.</param>
/// <param name="AveragePrecision50">At IoU 0.50.</param>
/// <param name="AveragePrecision75">At IoU 0.75.</param>
/// <param name="AverageRecall">The largest recall, mean over IoU thresholds.</param>
public sealed record CocoClassSummary(
    int ClassIndex,
    int GroundTruthCount,
    double AveragePrecision,
    double AveragePrecision50,
    double AveragePrecision75,
    double AverageRecall);
