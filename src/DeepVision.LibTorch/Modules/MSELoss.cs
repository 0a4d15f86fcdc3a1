using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The squared error.</summary>
public sealed class MSELoss : Loss<Tensor, Tensor, Tensor>
{
    /// <summary>The loss as a module.</summary>
    /// <param name="reduction">The mean, the sum, or each value.</param>
    public MSELoss(nn.Reduction reduction = nn.Reduction.Mean)
        : base(reduction)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor target) => nn.functional.mse_loss(input, target, reduction);
}
