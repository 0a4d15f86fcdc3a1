using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Necks;

/// <summary>The blocks of the YOLO family: convolution with norm and activation, and cross-stage-partial blocks of them.</summary>
internal sealed class YoloBlocks(Activation activation, Normalization normalization)
{
    /// <summary>Convolution (<c>conv</c>), norm (<c>bn</c>), activation.</summary>
    internal GraphValue Convolve(GraphScope scope, GraphValue input, int channels, int kernel, int stride)
    {
        GraphValue value = scope.Convolution("conv", input, new Convolution
        {
            OutChannels = channels,
            Kernel = kernel,
            Stride = stride,
            Padding = kernel / 2,
            HasBias = normalization.IsNone,
        });
        value = scope.Normalize("bn", value, normalization);
        return scope.Activate("act", value, activation);
    }

    /// <summary>
    /// Two 1x1 branches of half the channels, <paramref name="depth"/> bottlenecks without shortcuts on the first, concatenated
    /// and fused by a 1x1.
    /// </summary>
    internal GraphValue CrossStagePartial(GraphScope scope, GraphValue input, int channels, int depth)
    {
        int hidden = channels / 2;
        GraphValue deep = Convolve(scope.Enter("conv1"), input, hidden, kernel: 1, stride: 1);
        GraphValue shallow = Convolve(scope.Enter("conv2"), input, hidden, kernel: 1, stride: 1);
        for (int i = 0; i < depth; i++)
        {
            GraphScope bottleneck = scope.Enter("m").Enter($"{i}");
            deep = Convolve(bottleneck.Enter("conv1"), deep, hidden, kernel: 1, stride: 1);
            deep = Convolve(bottleneck.Enter("conv2"), deep, hidden, kernel: 3, stride: 1);
        }

        GraphValue joined = scope.Add("concatenate", new Concatenate(), deep, shallow);
        return Convolve(scope.Enter("conv3"), joined, channels, kernel: 1, stride: 1);
    }
}
