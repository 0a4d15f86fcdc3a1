using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A loss of two inputs with weights.</summary>
/// <typeparam name="T1">The type of the values.</typeparam>
/// <typeparam name="T2">The type of the wanted values.</typeparam>
/// <typeparam name="TResult">The type of the loss.</typeparam>
public abstract class WeightedLoss<T1, T2, TResult> : Loss<T1, T2, TResult>
{
    /// <summary>A loss with weights and a reduction.</summary>
    /// <param name="weight">The weights, which stay the caller's; or null.</param>
    /// <param name="reduction">The mean, the sum, or each value.</param>
    public WeightedLoss(Tensor? weight = null, nn.Reduction reduction = nn.Reduction.Mean)
        : base(reduction) => this.weight = weight;

    /// <summary>The weights, or null.</summary>
    public Tensor? weight { get; }
}
