using System.Globalization;
using System.Text;

namespace DeepVision.Torch.Training.Schedules;

/// <summary>The rate multiplied by <see cref="Gamma"/> at each milestone.</summary>
public sealed record StepSchedule : LearningRateSchedule
{
    /// <summary>The shares of the run after which the rate falls, each from 0 to 1, ascending. Default 2/3 and 8/9.</summary>
    /// <exception cref="ArgumentException">A share is outside 0 to 1, or they do not ascend.</exception>
    public IReadOnlyList<double> Milestones
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Any(share => share is not (>= 0 and <= 1)) || !value.Order().SequenceEqual(value))
            {
                throw new ArgumentException($"Milestones are shares of the run, from 0 to 1, ascending; found {string.Join(", ", value)}.", nameof(value));
            }

            field = [.. value];
        }
    } = [2.0 / 3, 8.0 / 9];

    /// <summary>What the rate is multiplied by, 0 to 1. Default 0.1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public double Gamma { get; init => field = Share(value); } = 0.1;

    /// <summary>Whether the other one gives the same rates: the milestones are compared one by one.</summary>
    public bool Equals(StepSchedule? other) => base.Equals(other) && Gamma == other.Gamma && Milestones.SequenceEqual(other.Milestones);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Gamma, Milestones.Count);

    /// <summary>Writes the milestones themselves; a checkpoint tells by this text whether a run's settings are its own.</summary>
    protected override bool PrintMembers(StringBuilder builder)
    {
        base.PrintMembers(builder);
        string milestones = string.Join(' ', Milestones.Select(share => share.ToString("R", CultureInfo.InvariantCulture)));
        builder.Append(CultureInfo.InvariantCulture, $", Milestones = [{milestones}], Gamma = {Gamma:R}");
        return true;
    }

    /// <inheritdoc/>
    protected override double CurveAt(long step, long totalSteps) =>
        Math.Pow(Gamma, Milestones.Count(share => step >= share * totalSteps));
}
