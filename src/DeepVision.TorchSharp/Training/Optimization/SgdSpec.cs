namespace DeepVision.Torch.Training.Optimization;

/// <summary>Stochastic gradient descent with momentum, as <c>torch.optim.SGD</c>: weight decay is part of the gradient.</summary>
public sealed record SgdSpec : OptimizerSpec
{
    /// <summary>The share of the last direction that is kept, from 0 to below 1. Default 0.9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double Momentum { get; init => field = Share(value); } = 0.9;

    /// <summary>How momentum is applied. Default <see cref="MomentumKind.Classical"/>.</summary>
    public MomentumKind Kind { get; init; }

    internal override ParameterOptimizer Create(IReadOnlyList<TrainedParameter> parameters) => new SgdOptimizer(this, parameters);
}
