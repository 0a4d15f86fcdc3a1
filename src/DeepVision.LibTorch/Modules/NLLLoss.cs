using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The cross-entropy between log-probabilities and classes.</summary>
public sealed class NLLLoss : WeightedLoss<Tensor, Tensor, Tensor>
{
    /// <summary>The loss as a module.</summary>
    /// <param name="weight">(C): the classes' weights, which stay the caller's; or null.</param>
    /// <param name="reduction">The mean, the sum, or each value.</param>
    public NLLLoss(Tensor? weight = null, nn.Reduction reduction = nn.Reduction.Mean)
        : base(weight, reduction)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor target) => nn.functional.nll_loss(input, target, weight, reduction);
}
