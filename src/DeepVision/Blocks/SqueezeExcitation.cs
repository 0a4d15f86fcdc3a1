using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Blocks;

/// <summary>
/// Scales each channel of a map by what two 1x1 convolutions make of all channels' means (Hu et al. 2017), with torchvision's
/// names: <c>fc1</c> and <c>fc2</c>.
/// </summary>
internal static class SqueezeExcitation
{
    /// <summary>Writes the nodes.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="input">A map.</param>
    /// <param name="squeezedChannels">Channels between the two convolutions.</param>
    /// <param name="activation">What lies between them.</param>
    /// <param name="gate">What gives the factors.</param>
    internal static GraphValue Build(GraphScope scope, GraphValue input, int squeezedChannels, Activation activation, Activation gate)
    {
        GraphValue factors = scope.Add("avgpool", new AdaptivePool { Kind = PoolingKind.Average, Size = 1 }, input);
        factors = scope.Convolution("fc1", factors, Pointwise(squeezedChannels));
        factors = scope.Activate("activation", factors, activation);
        factors = scope.Convolution("fc2", factors, Pointwise(input.Channels));
        factors = scope.Activate("scale_activation", factors, gate);
        return scope.Add("scale", new Multiply(), input, factors);
    }

    private static Convolution Pointwise(int channels) => new()
    {
        OutChannels = channels,
        Kernel = 1,
        HasBias = true,
        WeightInitializer = Initializer.KaimingNormalFanOut(channels),
        BiasInitializer = Initializer.Zero,
    };
}
