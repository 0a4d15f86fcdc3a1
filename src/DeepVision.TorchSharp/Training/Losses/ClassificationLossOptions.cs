namespace DeepVision.Torch.Training.Losses;

/// <summary>How a classifier's loss is computed.</summary>
public sealed record ClassificationLossOptions
{
    /// <summary>The share of the truth that is spread evenly over all classes, 0 to below 1. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double LabelSmoothing { get; init => field = value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "Label smoothing lies from 0 to below 1."); }

    /// <summary>What the logits are divided by before the softmax; above 0. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public double Temperature { get; init => field = value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A temperature is a finite number above 0."); } = 1;
}
