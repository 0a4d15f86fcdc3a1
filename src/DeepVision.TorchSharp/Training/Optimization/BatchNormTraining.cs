namespace DeepVision.Torch.Training.Optimization;

/// <summary>What training does to batch norms.</summary>
public enum BatchNormTraining
{
    /// <summary>They normalize by the batch and learn, but for those in frozen parts.</summary>
    Learn,

    /// <summary>They normalize by their running statistics, which stay; weight and bias are learnt. For batches too small for statistics.</summary>
    KeepStatistics,

    /// <summary>They stay as they are: running statistics, weight and bias.</summary>
    Frozen,
}
