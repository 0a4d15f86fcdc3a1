namespace DeepVision.Torch.Training.Evaluations;

/// <summary>By which figure a detector is judged.</summary>
public enum DetectionFigure
{
    /// <summary>The mean over IoU thresholds 0.50 to 0.95.</summary>
    AveragePrecision,

    /// <summary>At IoU 0.50.</summary>
    AveragePrecision50,
}
