namespace DeepVision.Torch.Training.Schedules;

/// <summary>The highest rate throughout, after the warm-up.</summary>
public sealed record ConstantSchedule : LearningRateSchedule
{
    /// <inheritdoc/>
    protected override double CurveAt(long step, long totalSteps) => 1;
}
