namespace DeepVision.Metrics;

/// <summary>One image's annotations and detections.</summary>
/// <param name="ImageId">Identifies the image; images count in ascending order where scores are equal.</param>
/// <param name="GroundTruth">What is in the image; may be empty.</param>
/// <param name="Predictions">What was found in it, in any order; may be empty. Equal scores keep this order.</param>
public sealed record DetectionSample(
    int ImageId, IReadOnlyList<GroundTruthBox> GroundTruth, IReadOnlyList<PredictedBox> Predictions);
