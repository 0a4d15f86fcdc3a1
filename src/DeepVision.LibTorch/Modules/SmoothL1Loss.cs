using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The absolute error, and half its square over beta where it is small.</summary>
public sealed class SmoothL1Loss : Loss<Tensor, Tensor, Tensor>
{
    /// <summary>The loss as a module.</summary>
    /// <param name="reduction">The mean, the sum, or each value.</param>
    /// <param name="beta">Where the square ends.</param>
    public SmoothL1Loss(nn.Reduction reduction = nn.Reduction.Mean, double beta = 1.0)
        : base(reduction)
    {
        this.beta = beta;
    }

    /// <summary>Where the square ends.</summary>
    public double beta { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor target) => nn.functional.smooth_l1_loss(input, target, reduction, beta);
}
