namespace DeepVision.Torch.Training.Optimization;

/// <summary>How weights follow their gradients. The state is kept by parameter name, so that a checkpoint can hold it.</summary>
public abstract record OptimizerSpec
{
    /// <summary>The highest learning rate; above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public required double LearningRate { get; init => field = value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A learning rate is a finite number above 0."); }

    /// <summary>Weight decay; 0 or more. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or no number.</exception>
    public double WeightDecay { get; init => field = value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "Weight decay is a finite number of at least 0."); }

    /// <summary>Which tensors decay. Default those of more than one dimension: no biases, no norms.</summary>
    public WeightDecayScope Decayed { get; init; } = WeightDecayScope.Matrices;

    internal abstract ParameterOptimizer Create(IReadOnlyList<TrainedParameter> parameters);

    private protected static double Share(double value) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a number from 0 to below 1.");
}
