namespace DeepVision.Torch.Training.Data;

/// <summary>In what order a loader gives the examples of an epoch.</summary>
public enum ExampleOrder
{
    /// <summary>A random order, another one each epoch: a function of the seed and the epoch.</summary>
    Shuffled,

    /// <summary>By index.</summary>
    Sequential,
}
