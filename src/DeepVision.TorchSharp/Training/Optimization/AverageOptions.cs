namespace DeepVision.Torch.Training.Optimization;

/// <summary>The moving average of the weights, which usually measures better than the last weights.</summary>
public sealed record AverageOptions
{
    /// <summary>How much of the average is kept at each step, from 0 to below 1. Default 0.998.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double Decay { get; init => field = value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The decay lies from 0 to below 1."); } = 0.998;

    /// <summary>
    /// How slowly the average becomes long: after step s, counted from 1, at most s / (s + ramp) is kept, so that it forgets
    /// the first weights. 0 or more. Default 10.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or no number.</exception>
    public double Ramp { get; init => field = value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The ramp is a finite number of at least 0."); } = 10;

    /// <summary>What is kept at a step.</summary>
    /// <param name="step">The steps that were made, from 1.</param>
    public double KeepAt(long step) => Math.Min(Decay, step / (step + Ramp));
}
