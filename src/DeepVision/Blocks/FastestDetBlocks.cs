using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Blocks;

/// <summary>FastestDet's convolutions under the numbers that they have in its sequences.</summary>
internal sealed class FastestDetBlocks(Activation activation, Normalization normalization)
{
    private const int Kernel = 5;

    /// <summary>1x1 convolution, norm and activation as the sequence <c>conv1x1</c>.</summary>
    internal GraphValue Pointwise(GraphScope scope, GraphValue input, int channels)
    {
        GraphScope sequence = scope.Enter("conv1x1");
        return sequence.Activate("2", Project(sequence, 0, input, channels), activation);
    }

    /// <summary>Depthwise 5x5 convolutions, each with norm and activation, from layer 0 of the scope's sequence on.</summary>
    internal GraphValue Depthwise(GraphScope scope, GraphValue input, int count)
    {
        GraphValue value = input;
        for (int i = 0; i < count; i++)
        {
            var convolution = new Convolution { OutChannels = input.Channels, Kernel = Kernel, Padding = Kernel / 2, Groups = input.Channels };
            value = Convolve(scope, 3 * i, value, convolution);
            value = scope.Activate($"{(3 * i) + 2}", value, activation);
        }

        return value;
    }

    /// <summary>1x1 convolution and norm, without an activation.</summary>
    internal GraphValue Project(GraphScope scope, int layer, GraphValue input, int channels) =>
        Convolve(scope, layer, input, new Convolution { OutChannels = channels, Kernel = 1 });

    private GraphValue Convolve(GraphScope scope, int layer, GraphValue input, Convolution convolution) =>
        scope.Normalize($"{layer + 1}", scope.Convolution($"{layer}", input, convolution with { HasBias = normalization.IsNone }), normalization);
}
