using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>
/// ShuffleNetV2's unit. Without a stride half of the channels pass and half go through a 1x1, a depthwise and a 1x1 convolution; with
/// one all go through both, the first branch being a depthwise and a 1x1. Joined, they are shuffled.
/// </summary>
internal sealed class ShuffleNetV2Unit(ShuffleNetV2Naming naming, Activation activation, Normalization normalization)
{
    private const int Kernel = 3;

    /// <summary>Writes the nodes.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="input">A map.</param>
    /// <param name="channels">Channels of the output; even, and the input's where there is no stride.</param>
    /// <param name="stride">1 or 2.</param>
    internal GraphValue Build(GraphScope scope, GraphValue input, int channels, int stride)
    {
        bool isTorchvision = naming == ShuffleNetV2Naming.Torchvision;
        GraphScope main = scope.Enter(isTorchvision ? "branch2" : "branch_main");
        GraphValue first;
        GraphValue second;
        if (stride == 1)
        {
            // Halves of a map whose channels the unit before has dealt out, or even and odd channels of one that is not shuffled.
            GraphValue source = isTorchvision ? input : scope.Add("deal", new ChannelShuffle { Groups = input.Channels / 2 }, input);
            first = scope.Add("pass", new SliceChannels { First = 0, Count = channels / 2 }, source);
            second = Main(main, scope.Add("take", new SliceChannels { First = channels / 2, Count = channels / 2 }, source), channels / 2, stride);
        }
        else
        {
            first = Projection(scope.Enter(isTorchvision ? "branch1" : "branch_proj"), input, channels / 2, stride);
            second = Main(main, input, channels / 2, stride);
        }

        GraphValue joined = scope.Add("concatenate", new Concatenate(), first, second);
        return isTorchvision ? scope.Add("shuffle", new ChannelShuffle { Groups = 2 }, joined) : joined;
    }

    // Layers of one sequence: convolution 0, norm 1, activation 2, depthwise 3, norm 4, convolution 5, norm 6, activation 7.
    private GraphValue Main(GraphScope scope, GraphValue input, int channels, int stride)
    {
        GraphValue value = Convolve(scope, 0, input, Pointwise(channels));
        value = scope.Activate("2", value, activation);
        value = Convolve(scope, 3, value, Depthwise(channels, stride));
        value = Convolve(scope, 5, value, Pointwise(channels));
        return scope.Activate("7", value, activation);
    }

    // Depthwise 0, norm 1, convolution 2, norm 3, activation 4.
    private GraphValue Projection(GraphScope scope, GraphValue input, int channels, int stride)
    {
        GraphValue value = Convolve(scope, 0, input, Depthwise(input.Channels, stride));
        value = Convolve(scope, 2, value, Pointwise(channels));
        return scope.Activate("4", value, activation);
    }

    private GraphValue Convolve(GraphScope scope, int layer, GraphValue input, Convolution convolution) =>
        scope.Normalize($"{layer + 1}", scope.Convolution($"{layer}", input, convolution with { HasBias = normalization.IsNone }), normalization);

    private static Convolution Pointwise(int channels) => new() { OutChannels = channels, Kernel = 1 };

    private static Convolution Depthwise(int channels, int stride) =>
        new() { OutChannels = channels, Kernel = Kernel, Stride = stride, Padding = Kernel / 2, Groups = channels };
}
