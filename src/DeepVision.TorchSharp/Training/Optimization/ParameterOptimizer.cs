using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Optimization;

/// <summary>Moves parameters along their gradients. Owns its state; dispose it. Not thread-safe.</summary>
internal abstract class ParameterOptimizer : IDisposable
{
    private readonly OptimizerSpec _spec;
    private readonly SortedDictionary<string, Tensor> _state = new(StringComparer.Ordinal);

    protected ParameterOptimizer(OptimizerSpec spec, IReadOnlyList<TrainedParameter> parameters)
    {
        _spec = spec;
        Parameters = parameters;
    }

    /// <summary>The tensors to save, by name; they stay the optimizer's.</summary>
    public IReadOnlyDictionary<string, Tensor> State => _state;

    protected IReadOnlyList<TrainedParameter> Parameters { get; }

    /// <summary>Makes one step.</summary>
    /// <param name="step">The step's number, from 0.</param>
    /// <param name="factor">The schedule's share of the learning rate.</param>
    public void Step(long step, double factor)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach (TrainedParameter parameter in Parameters)
        {
            if (parameter.Value.grad is { } gradient)
            {
                double decay = _spec.Decayed == WeightDecayScope.All || parameter.Value.dim() > 1 ? _spec.WeightDecay : 0;
                Update(parameter, gradient, _spec.LearningRate * parameter.RateFactor * factor, decay, step);
            }
        }
    }

    public void Dispose()
    {
        foreach (Tensor tensor in _state.Values)
        {
            tensor.Dispose();
        }
    }

    /// <summary>Moves one parameter. Numbers become <see cref="Scalar"/>s, which TorchSharp holds in native memory: dispose each.</summary>
    protected abstract void Update(TrainedParameter parameter, Tensor gradient, double rate, double decay, long step);

    /// <summary>Zeros like the parameter, to be kept from step to step.</summary>
    protected Tensor Remember(TrainedParameter parameter, string what)
    {
        Tensor tensor = zeros_like(parameter.Value).DetachFromDisposeScope();
        _state.Add($"{parameter.Name}.{what}", tensor);
        return tensor;
    }
}
