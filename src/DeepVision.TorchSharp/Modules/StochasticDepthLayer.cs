using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Modules;

/// <summary>
/// In training, zeroes all values of an image at random and scales those of the others by 1 / (1 - p); torchvision's
/// StochasticDepth of mode "row". In evaluation it passes its input on.
/// </summary>
internal sealed class StochasticDepthLayer : nn.Module<Tensor, Tensor>
{
    private readonly double _probability;

    /// <summary>Creates the layer.</summary>
    /// <param name="probability">The chance that an image is dropped, 0 up to 1.</param>
    internal StochasticDepthLayer(double probability)
        : base(nameof(StochasticDepthLayer)) => _probability = probability;

    public override Tensor forward(Tensor input)
    {
        if (!training || _probability == 0)
        {
            return input.alias();
        }

        long[] shape = [.. input.shape.Select((extent, dimension) => dimension == 0 ? extent : 1)];
        using Scalar kept = 1 - _probability;
        using Tensor factors = empty(shape, input.dtype, input.device);
        factors.bernoulli_(1 - _probability);
        factors.div_(kept);
        return input.mul(factors);
    }
}
