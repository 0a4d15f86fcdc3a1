using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Blocks;

/// <summary>What the necks that weigh channels share.</summary>
internal static class ChannelGate
{
    /// <summary>A fully connected layer over the channels of a map of one pixel, as a 1x1 convolution with bias.</summary>
    internal static GraphValue Layer(GraphScope scope, string name, GraphValue input, int channels) =>
        scope.Convolution(name, input, new() { OutChannels = channels, Kernel = 1, HasBias = true });
}
