using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The cross-entropy of independent yes-or-no answers, given as logits.</summary>
public sealed class BCEWithLogitsLoss : WeightedLoss<Tensor, Tensor, Tensor>
{
    /// <summary>The loss as a module.</summary>
    /// <param name="weight">The weight of each value, which stays the caller's; or null.</param>
    /// <param name="reduction">The mean, the sum, or each value.</param>
    /// <param name="pos_weights">The weight of each class's yes, which stays the caller's; or null.</param>
    public BCEWithLogitsLoss(Tensor? weight = null, nn.Reduction reduction = nn.Reduction.Mean, Tensor? pos_weights = null)
        : base(weight, reduction)
    {
        this.pos_weights = pos_weights;
    }

    /// <summary>The weight of each class's yes, or null.</summary>
    public Tensor? pos_weights { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor target) => 
        nn.functional.binary_cross_entropy_with_logits(input, target, weight, reduction, pos_weights);
}
