namespace DeepVision.Torch.Training;

/// <summary>Which weights the module has when a run is over.</summary>
public enum FinalWeights
{
    /// <summary>The moving average, or the last ones where none is kept.</summary>
    Average,

    /// <summary>Those of the last step.</summary>
    Last,

    /// <summary>Those that measured best, or the average's where nothing was measured. Needs a <see cref="TrainerOptions.Folder"/>.</summary>
    Best,
}
