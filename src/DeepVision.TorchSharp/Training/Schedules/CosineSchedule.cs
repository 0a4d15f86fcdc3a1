namespace DeepVision.Torch.Training.Schedules;

/// <summary>Half a cosine from the highest rate at the first step down to <see cref="FinalFactor"/> after the last one.</summary>
public sealed record CosineSchedule : LearningRateSchedule
{
    /// <summary>The share at the end, 0 to 1. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public double FinalFactor { get; init => field = Share(value); }

    /// <inheritdoc/>
    protected override double CurveAt(long step, long totalSteps) =>
        FinalFactor + ((1 - FinalFactor) * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(step, totalSteps) / totalSteps)));
}
