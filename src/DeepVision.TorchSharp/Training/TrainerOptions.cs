using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Optimization;
using DeepVision.Torch.Training.Reports;
using DeepVision.Torch.Training.Schedules;

namespace DeepVision.Torch.Training;

/// <summary>How a network is trained.</summary>
public sealed record TrainerOptions
{
    /// <summary>The optimizer with its learning rate.</summary>
    public required OptimizerSpec Optimizer { get; init; }

    /// <summary>The course of the learning rate. Default a cosine without warm-up.</summary>
    public LearningRateSchedule Schedule { get; init; } = new CosineSchedule();

    /// <summary>Batches, seed, augmentation, threads.</summary>
    public LoaderOptions Loader { get; init; } = new();

    /// <summary>How often all examples are seen; at least 1. Default 10. <see cref="Steps"/> goes first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Epochs { get; init => field = (int)AtLeastOne(value); } = 10;

    /// <summary>Steps of the whole run; at least 1. Default null: as <see cref="Epochs"/> says.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public long? Steps { get; init => field = value is { } steps ? AtLeastOne(steps) : null; }

    /// <summary>What is learnt and what is frozen. Default everything is learnt.</summary>
    public ParameterOptions Parameters { get; init; } = new();

    /// <summary>The norm that all gradients together are cut to; above 0. Default null: they are not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double? GradientNorm { get; init => field = value is null or > 0
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The largest norm is above 0."); }

    /// <summary>The moving average of the weights, which is what is measured. Default null: none.</summary>
    public AverageOptions? Average { get; init; }

    /// <summary>Steps from one measurement to the next; the last step is always measured. Default null: an epoch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public long? MeasureEvery { get; init => field = value is { } steps ? AtLeastOne(steps) : null; }

    /// <summary>Steps from one checkpoint to the next. Default null: an epoch. One is written after the last step and when canceled too.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public long? CheckpointEvery { get; init => field = value is { } steps ? AtLeastOne(steps) : null; }

    /// <summary>Measurements without a new best one after which the run stops; at least 1. Default null: it does not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? Patience { get; init => field = value is { } times ? (int)AtLeastOne(times) : null; }

    /// <summary>
    /// Where <c>last.safetensors</c> (to resume from), <c>best.safetensors</c> (the weights that measured best), <c>run.csv</c> and
    /// <c>run.svg</c> go; made if it is not there. Default null: nothing is written.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>What to do where the folder holds a checkpoint. Default it is resumed.</summary>
    public TrainingStart Start { get; init; }

    /// <summary>Which weights the module has in the end. Default the average's.</summary>
    public FinalWeights FinalWeights { get; init; }

    /// <summary>Steps that make one line of <c>run.csv</c>; at least 1. Default 50.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int LogEvery { get; init => field = (int)AtLeastOne(value); } = 50;

    /// <summary>What is shown of the run. Default nothing.</summary>
    public ProgressOptions? Progress { get; init; }

    /// <summary>How images lie in memory; channels last is faster on CPUs for convolutions. Default channels last.</summary>
    public TorchMemoryFormat MemoryFormat { get; init; } = TorchMemoryFormat.ChannelsLast;

    /// <summary>Called after each step; null for nothing.</summary>
    public Action<TrainingStep>? OnStep { get; init; }

    private static long AtLeastOne(long value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }
}
