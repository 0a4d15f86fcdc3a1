namespace DeepVision.Torch.Training.Data;

/// <summary>What becomes of the examples that do not fill a batch at the end of an epoch.</summary>
internal enum LastBatch
{
    /// <summary>They are left out.</summary>
    LeftOut,

    /// <summary>They make a smaller batch.</summary>
    Smaller,
}
