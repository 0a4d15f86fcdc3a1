using DeepVision.Torch.Training.Augmentations;

namespace DeepVision.Torch.Training.Data;

/// <summary>How examples are read, augmented and put into batches.</summary>
public sealed record LoaderOptions
{
    /// <summary>Examples in a batch; at least 1. Default 8. What is left at the end of an epoch is left out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int BatchSize { get; init => field = AtLeastOne(value); } = 8;

    /// <summary>Decides the order of the examples and how each is augmented. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>What is done to each example, one after the other. Default nothing.</summary>
    public IReadOnlyList<Augmentation> Augmentations
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = [.. value];
        }
    } = [];

    /// <summary>In what order the examples come. Default a new random one each epoch.</summary>
    public ExampleOrder Order { get; init; } = ExampleOrder.Shuffled;

    /// <summary>Threads that read and augment; at least 1. Default 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Workers { get; init => field = AtLeastOne(value); } = 2;

    /// <summary>The most batches that are read ahead; at least 1. Default 4. Each takes the memory of its images as float32.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Prefetch { get; init => field = AtLeastOne(value); } = 4;

    private static int AtLeastOne(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }
}
