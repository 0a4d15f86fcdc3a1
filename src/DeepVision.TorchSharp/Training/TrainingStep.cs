namespace DeepVision.Torch.Training;

/// <summary>One step of a run.</summary>
public sealed record TrainingStep
{
    /// <summary>The step's number, from 1.</summary>
    public required long Step { get; init; }

    /// <summary>The epoch, from 1.</summary>
    public required long Epoch { get; init; }

    /// <summary>The loss.</summary>
    public required double Loss { get; init; }

    /// <summary>What the loss is the sum of.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> Parts { get; init; }

    /// <summary>The learning rate, without the factors of single parts.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The norm of all gradients before clipping; null where they are not clipped.</summary>
    public double? GradientNorm { get; init; }
}
