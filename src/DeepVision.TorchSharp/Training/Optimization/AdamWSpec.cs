namespace DeepVision.Torch.Training.Optimization;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019), as <c>torch.optim.AdamW</c>.</summary>
public sealed record AdamWSpec : OptimizerSpec
{
    /// <summary>How much of the mean gradient is kept at each step, from 0 to below 1. Default 0.9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double Beta1 { get; init => field = Share(value); } = 0.9;

    /// <summary>How much of the mean squared gradient is kept at each step, from 0 to below 1. Default 0.999.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double Beta2 { get; init => field = Share(value); } = 0.999;

    /// <summary>What is added to the root of the mean squared gradient; above 0. Default 1e-8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public double Epsilon { get; init => field = value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "Epsilon is a finite number above 0."); } = 1e-8;

    internal override ParameterOptimizer Create(IReadOnlyList<TrainedParameter> parameters) => new AdamWOptimizer(this, parameters);
}
