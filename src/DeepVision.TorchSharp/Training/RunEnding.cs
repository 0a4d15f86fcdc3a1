using System.Globalization;
using DeepVision.Torch.Training.Checkpoints;

namespace DeepVision.Torch.Training;

/// <summary>Says how a run ended and, whatever ended it, where to resume it.</summary>
internal sealed class RunEnding(RunFolder? folder)
{
    /// <summary>A run that came to its end or was canceled.</summary>
    public TrainingResult Result(TrainingOutcome outcome, TrainingState state, double lastLoss)
    {
        string best = state.BestValue is { } value ? string.Create(CultureInfo.InvariantCulture, $" Best: {value:F4} after step {state.BestStep}.") : "";
        string message = outcome switch
        {
            TrainingOutcome.Completed => $"All {state.TotalSteps} steps were made.",
            TrainingOutcome.StoppedEarly => $"Stopped after step {state.Step} of {state.TotalSteps}: no better for {state.SinceBest} measurements.",
            _ => $"Canceled after step {state.Step} of {state.TotalSteps}. {Remains}",
        };
        return new TrainingResult
        {
            Outcome = outcome,
            Message = message + best,
            Steps = state.Step,
            LastLoss = lastLoss,
            BestValue = state.BestValue,
            BestStep = state.BestStep,
            Checkpoint = folder?.Last,
            BestWeights = state.BestValue is null ? null : folder?.Best,
        };
    }

    /// <summary>A run that could not go on.</summary>
    public TrainingException Failure(Exception cause, TrainingState state)
    {
        var known = cause as TrainingException;
        string message = known?.Message ?? $"The run ended after step {state.Step} of {state.TotalSteps} by {cause.GetType().Name}: {cause.Message}";
        return new TrainingException($"{message.TrimEnd('.')}. {Remains}", known is null ? cause : known.InnerException)
        {
            Example = known?.Example,
            Step = state.Step,
            Checkpoint = folder?.LastStep is null ? null : folder.Last,
        };
    }

    private string Remains => folder?.LastStep is { } step
        ? $"The checkpoint of step {step} is whole; resume from '{folder.Last}'."
        : "No folder was given, so there is no checkpoint to resume from.";
}
