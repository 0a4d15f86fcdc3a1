using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Blocks;

/// <summary>
/// The blocks of the YOLO family: convolution with norm and activation, and cross-stage-partial blocks of them. In the depthwise form
/// each 3x3 convolution is a depthwise one (<c>dconv</c>) and a 1x1 (<c>pconv</c>).
/// </summary>
internal sealed class YoloBlocks(Activation activation, Normalization normalization, bool isDepthwise = false)
{
    /// <summary>Convolution (<c>conv</c>), norm (<c>bn</c>), activation.</summary>
    internal GraphValue Convolve(GraphScope scope, GraphValue input, int channels, int kernel, int stride, int groups = 1)
    {
        GraphValue value = scope.Convolution("conv", input, new Convolution
        {
            OutChannels = channels,
            Kernel = kernel,
            Stride = stride,
            Padding = kernel / 2,
            Groups = groups,
            HasBias = normalization.IsNone,
        });
        value = scope.Normalize("bn", value, normalization);
        return scope.Activate("act", value, activation);
    }

    /// <summary>A 3x3 convolution, in the depthwise form two.</summary>
    internal GraphValue ConvolveSpatial(GraphScope scope, GraphValue input, int channels, int stride)
    {
        if (!isDepthwise)
        {
            return Convolve(scope, input, channels, kernel: 3, stride);
        }

        GraphValue value = Convolve(scope.Enter("dconv"), input, input.Channels, kernel: 3, stride, groups: input.Channels);
        return Convolve(scope.Enter("pconv"), value, channels, kernel: 1, stride: 1);
    }

    /// <summary>
    /// Two 1x1 branches of half the channels, <paramref name="depth"/> bottlenecks on the first, with or without shortcuts,
    /// concatenated and fused by a 1x1.
    /// </summary>
    internal GraphValue CrossStagePartial(GraphScope scope, GraphValue input, int channels, int depth, bool hasShortcuts = false)
    {
        int hidden = channels / 2;
        GraphValue deep = Convolve(scope.Enter("conv1"), input, hidden, kernel: 1, stride: 1);
        GraphValue shallow = Convolve(scope.Enter("conv2"), input, hidden, kernel: 1, stride: 1);
        for (int i = 0; i < depth; i++)
        {
            GraphScope bottleneck = scope.Enter("m").Enter($"{i}");
            GraphValue value = Convolve(bottleneck.Enter("conv1"), deep, hidden, kernel: 1, stride: 1);
            value = ConvolveSpatial(bottleneck.Enter("conv2"), value, hidden, stride: 1);
            deep = hasShortcuts ? bottleneck.Add("add", new Add(), value, deep) : value;
        }

        GraphValue joined = scope.Add("concatenate", new Concatenate(), deep, shallow);
        return Convolve(scope.Enter("conv3"), joined, channels, kernel: 1, stride: 1);
    }
}
