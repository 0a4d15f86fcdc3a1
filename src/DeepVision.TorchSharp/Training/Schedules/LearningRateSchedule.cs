namespace DeepVision.Torch.Training.Schedules;

/// <summary>
/// The learning rate of each step as a share of the highest one: linear warm-up times a curve. A function of the step alone,
/// so that a resumed run needs no more than its step. Immutable.
/// </summary>
public abstract record LearningRateSchedule
{
    /// <summary>Steps until the full rate; 0 or more. Default 0: none. Step s of W has the share (s + 1) / W of the way.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public long WarmupSteps
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>The share that the warm-up starts from, 0 to 1. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public double WarmupStart { get; init => field = Share(value); }

    /// <summary>The share of the highest rate.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="totalSteps">The steps of the whole run.</param>
    public double FactorAt(long step, long totalSteps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfLessThan(totalSteps, 1);
        double way = WarmupSteps == 0 ? 1 : Math.Min(1, (step + 1.0) / WarmupSteps);
        return (WarmupStart + ((1 - WarmupStart) * way)) * CurveAt(step, totalSteps);
    }

    /// <summary>The curve without the warm-up.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="totalSteps">The steps of the whole run.</param>
    protected abstract double CurveAt(long step, long totalSteps);

    private protected static double Share(double value) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A share lies between 0 and 1.");
}
