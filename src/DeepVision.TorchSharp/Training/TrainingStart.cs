namespace DeepVision.Torch.Training;

/// <summary>What a run does where its folder holds a checkpoint.</summary>
public enum TrainingStart
{
    /// <summary>Goes on from it; begins where there is none.</summary>
    ResumeIfPresent,

    /// <summary>Goes on from it; it is an error where there is none.</summary>
    Resume,

    /// <summary>Begins; it is an error where there is one, so that no run is lost.</summary>
    Fresh,
}
