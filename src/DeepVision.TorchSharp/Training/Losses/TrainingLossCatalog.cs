using System.Collections.Immutable;
using DeepVision.Components;
using DeepVision.Heads;
using DeepVision.Torch.Training.Data;

namespace DeepVision.Torch.Training.Losses;

/// <summary>
/// Which loss a task is trained with. It knows tasks, no architectures: a head of your own brings its task, and
/// <see cref="With{TTask, TExample}"/> adds its loss. Immutable and thread-safe.
/// </summary>
public sealed class TrainingLossCatalog
{
    private readonly ImmutableDictionary<(Type Task, Type Example), Func<VisionTask, object>> _losses;

    private TrainingLossCatalog(ImmutableDictionary<(Type Task, Type Example), Func<VisionTask, object>> losses) => _losses = losses;

    /// <summary>Nothing.</summary>
    public static TrainingLossCatalog Empty { get; } =
        new(ImmutableDictionary<(Type Task, Type Example), Func<VisionTask, object>>.Empty);

    /// <summary>The losses of the heads that come with DeepVision, with their default options.</summary>
    public static TrainingLossCatalog Default { get; } = Empty
        .With<ClassificationTask, ClassificationExample>(task => new ClassificationLoss(task))
        .With<RetinaNetTask, DetectionExample>(task => new RetinaNetLoss(task));

    /// <summary>The catalog with one more loss, or with another one for the same task and kind of example.</summary>
    /// <typeparam name="TTask">The task; a task derived from it takes this loss too, where it has none of its own.</typeparam>
    /// <typeparam name="TExample">The kind of example that the loss reads.</typeparam>
    /// <param name="create">Makes the loss.</param>
    public TrainingLossCatalog With<TTask, TExample>(Func<TTask, ITrainingLoss<TExample>> create)
        where TTask : VisionTask
        where TExample : TrainingExample
    {
        ArgumentNullException.ThrowIfNull(create);
        return new TrainingLossCatalog(_losses.SetItem((typeof(TTask), typeof(TExample)), task => create((TTask)task)));
    }

    /// <summary>Makes the loss of a task.</summary>
    /// <typeparam name="TExample">The kind of example at hand.</typeparam>
    /// <param name="task">The task.</param>
    /// <exception cref="ArgumentException">There is none; the message lists those there are.</exception>
    public ITrainingLoss<TExample> Create<TExample>(VisionTask task)
        where TExample : TrainingExample
    {
        ArgumentNullException.ThrowIfNull(task);
        for (Type? type = task.GetType(); type is not null; type = type.BaseType)
        {
            if (_losses.TryGetValue((type, typeof(TExample)), out Func<VisionTask, object>? create))
            {
                return (ITrainingLoss<TExample>)create(task);
            }
        }

        string known = string.Join(", ", _losses.Keys.Select(key => $"{key.Task.Name} with {key.Example.Name}").Order(StringComparer.Ordinal));
        throw new ArgumentException(
            $"There is no loss for {task.Describe()} ({task.GetType().Name}) with {typeof(TExample).Name}. "
            + $"There are losses for: {(known.Length == 0 ? "nothing" : known)}. Add one with {nameof(With)}.", nameof(task));
    }
}
