using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Blocks;

/// <summary>Convolution, norm and activation under the numbers that they have in torchvision's sequences: 0, 1 and 2.</summary>
internal static class ConvolutionUnit
{
    /// <summary>Writes the nodes.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="input">A map.</param>
    /// <param name="convolution">
    /// The convolution's shape. It is padded to keep the map's size at stride 1, has a bias where no norm follows, and starts by He's
    /// rule in fan-out mode.
    /// </param>
    /// <param name="normalization">What follows it.</param>
    /// <param name="activation">What comes last.</param>
    internal static GraphValue Build(
        GraphScope scope, GraphValue input, Convolution convolution, Normalization normalization, Activation activation)
    {
        GraphValue value = scope.Convolution("0", input, convolution with
        {
            Padding = Padding2D.Same(convolution.Kernel, convolution.Dilation),
            HasBias = normalization.IsNone,
            WeightInitializer = Initializer.KaimingNormalFanOut(convolution.OutChannels * convolution.Kernel.Area),
        });
        value = scope.Normalize("1", value, normalization);
        return scope.Activate("2", value, activation);
    }
}
