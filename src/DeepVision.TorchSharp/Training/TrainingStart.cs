namespace DeepVision.Torch.Training;

/// <summary>
/// What a run does where its folder holds a checkpoint. It goes on only with the settings that decide its steps, down to each
/// augmentation and the loss's options; how often is measured or written, and how patiently, may differ.
/// </summary>
public enum TrainingStart
{
    /// <summary>Goes on from it; begins where there is none.</summary>
    ResumeIfPresent,

    /// <summary>Goes on from it; it is an error where there is none.</summary>
    Resume,

    /// <summary>Begins; it is an error where there is one, so that no run is lost.</summary>
    Fresh,
}
