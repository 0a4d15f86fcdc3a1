using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Blocks;

/// <summary>
/// YOLO's spatial pyramid pooling, under YOLOX's names (<c>conv1</c>, <c>m</c>, <c>conv2</c>): 1x1 to half the channels, max pools of stride 1 side
/// by side, all concatenated, 1x1. It stands in a backbone as well as in a neck.
/// </summary>
internal static class SppBottleneck
{
    /// <summary>Writes the block.</summary>
    internal static GraphValue Write(GraphScope scope, GraphValue input, int channels, YoloBlocks block, IReadOnlyList<int> kernels)
    {
        GraphValue narrow = block.Convolve(scope.Enter("conv1"), input, Math.Max(1, input.Channels / 2), kernel: 1, stride: 1);
        var joined = new List<GraphValue> { narrow };
        foreach ((int index, int kernel) in kernels.Index())
        {
            joined.Add(scope.Enter("m").Add($"{index}", new MaxPool { Kernel = kernel, Stride = 1, Padding = kernel / 2 }, narrow));
        }

        GraphValue concatenated = scope.Add("concatenate", new Concatenate(), [.. joined]);
        return block.Convolve(scope.Enter("conv2"), concatenated, channels, kernel: 1, stride: 1);
    }
}
