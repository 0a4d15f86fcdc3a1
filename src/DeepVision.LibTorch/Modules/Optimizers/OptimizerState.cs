using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimiser keeps for one parameter.</summary>
public abstract class OptimizerState
{
    /// <summary>The parameter.</summary>
    protected Parameter _parameter;

    /// <summary>The state for a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    /// <summary>Makes the state that stands before the first step.</summary>
    /// <param name="options">The options of the parameter's group.</param>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Takes the values of another state.</summary>
    /// <param name="source">The other, of the same kind; it stays as it is.</param>
    public abstract void LoadStateDict(OptimizerState source);

    /// <summary>Moves the state to a device.</summary>
    /// <param name="device">The device.</param>
    public virtual void to(Device device)
    {
    }

    internal abstract void DisposeTensors();

    private protected static void Replace(ref Tensor? tensor, Tensor? replacement)
    {
        tensor?.Dispose();
        tensor = replacement?.DetachFromDisposeScope();
    }

    /// <summary>A copy on the parameter's device, outside every dispose scope.</summary>
    private protected Tensor? Copy(Tensor? source)
    {
        using var noGrad = no_grad();
        return source?.to(_parameter.device, copy: true).DetachFromDisposeScope();
    }

    private protected Tensor Zeros()
    {
        using var noGrad = no_grad();
        return zeros_like(_parameter).DetachFromDisposeScope();
    }
}
