using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The absolute error.</summary>
public sealed class L1Loss : Loss<Tensor, Tensor, Tensor>
{
    /// <summary>The loss as a module.</summary>
    /// <param name="reduction">The mean, the sum, or each value.</param>
    public L1Loss(nn.Reduction reduction = nn.Reduction.Mean)
        : base(reduction)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor target) => nn.functional.l1_loss(input, target, reduction);
}
