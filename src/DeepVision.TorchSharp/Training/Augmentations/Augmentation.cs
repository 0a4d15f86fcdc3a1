using DeepVision.Torch.Training.Data;

namespace DeepVision.Torch.Training.Augmentations;

/// <summary>
/// Changes examples at random so that no two epochs show the same. What it does depends on the example and the given random
/// numbers alone. It gives a new example and leaves the old one as it is. Immutable and thread-safe.
/// </summary>
public abstract class Augmentation
{
    /// <summary>Changes an example, or returns it.</summary>
    /// <typeparam name="TExample">The kind of example.</typeparam>
    /// <param name="example">The example.</param>
    /// <param name="random">Its random numbers in this epoch.</param>
    public TExample Apply<TExample>(TExample example, ExampleRandom random)
        where TExample : TrainingExample
    {
        ArgumentNullException.ThrowIfNull(example);
        ArgumentNullException.ThrowIfNull(random);
        return (TExample)ApplyCore(example, random);
    }

    /// <summary>
    /// What it does and how it is set, in a line. Checkpoints hold it, and a run goes on from one only with the same texts: name
    /// every option. Default: the type's name.
    /// </summary>
    public virtual string Describe() => GetType().Name;

    /// <summary>Changes an example, or returns it; what it returns is of the same type.</summary>
    /// <param name="example">The example.</param>
    /// <param name="random">Its random numbers in this epoch.</param>
    protected abstract TrainingExample ApplyCore(TrainingExample example, ExampleRandom random);

    private protected static double CheckedProbability(double value) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A probability lies between 0 and 1.");
}
