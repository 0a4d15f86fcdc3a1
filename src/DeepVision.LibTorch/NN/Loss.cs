using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A loss of two inputs.</summary>
/// <typeparam name="T1">The type of the values.</typeparam>
/// <typeparam name="T2">The type of the wanted values.</typeparam>
/// <typeparam name="TResult">The type of the loss.</typeparam>
public abstract class Loss<T1, T2, TResult> : nn.Module<T1, T2, TResult>
{
    /// <summary>A loss with a reduction.</summary>
    /// <param name="reduction">The mean, the sum, or each value.</param>
    public Loss(nn.Reduction reduction = nn.Reduction.Mean)
        : base("Loss") => this.reduction = reduction;

    /// <summary>The mean, the sum, or each value.</summary>
    public nn.Reduction reduction { get; }
}
