namespace DeepVision.Torch.Training;

/// <summary>What became of a run.</summary>
public sealed record TrainingResult
{
    /// <summary>How it ended.</summary>
    public required TrainingOutcome Outcome { get; init; }

    /// <summary>The outcome in a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>Steps made, those before a resumption included.</summary>
    public required long Steps { get; init; }

    /// <summary>The loss of the last step; NaN where none was made.</summary>
    public required double LastLoss { get; init; }

    /// <summary>The best measurement; null where nothing was measured but NaN.</summary>
    public double? BestValue { get; init; }

    /// <summary>The step of the best measurement.</summary>
    public long BestStep { get; init; }

    /// <summary>The checkpoint to resume from; null without a folder.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>The weights that measured best, a plain state dict; null where there is no best measurement or no folder.</summary>
    public string? BestWeights { get; init; }
}
