namespace DeepVision.Torch.Training;

/// <summary>How a run ended.</summary>
public enum TrainingOutcome
{
    /// <summary>All steps were made.</summary>
    Completed,

    /// <summary>It had not got better for as many measurements as <see cref="TrainerOptions.Patience"/> says.</summary>
    StoppedEarly,

    /// <summary>It was canceled; a checkpoint of the last step was written where a folder was given. A measurement that was cut off is made when it is resumed.</summary>
    Canceled,
}
