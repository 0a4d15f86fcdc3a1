namespace DeepVision.Torch.Training;

/// <summary>
/// A training run could not go on: an example could not be read, the loss or a gradient was not a number, a file could not be
/// written, or the loss, the evaluation, the data or a callback threw, which is the inner exception then. The message says what,
/// where and which checkpoint to resume from.
/// </summary>
public sealed class TrainingException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="inner">What caused it; null for nothing.</param>
    public TrainingException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The number of steps that were finished; null where no step is concerned.</summary>
    public long? Step { get; init; }

    /// <summary>The name of the example that could not be read; null where none is to blame.</summary>
    public string? Example { get; init; }

    /// <summary>The checkpoint to go on from; null where none was written yet.</summary>
    public string? Checkpoint { get; init; }
}
