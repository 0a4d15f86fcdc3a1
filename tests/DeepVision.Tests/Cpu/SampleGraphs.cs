using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Tests.Cpu;

/// <summary>Small graphs that together use every operation.</summary>
internal static class SampleGraphs
{
    /// <summary>A stem, two residual blocks, a pyramid step, channels padded and put together, and a classifier.</summary>
    internal static ModelGraph Residual()
    {
        var builder = new GraphBuilder("residual");
        GraphScope root = builder.Root;
        GraphValue x = builder.Input("image", 3);
        x = ConvNormRelu(root, "stem", x, 20, 7, 2);
        x = root.Add("maxpool", new MaxPool { Kernel = 3, Stride = 2, Padding = 1 }, x);
        GraphValue first = Block(root.Enter("layer1"), x, 32, 1);
        GraphValue second = Block(root.Enter("layer2"), first, 48, 2);
        GraphValue lateral = root.Add("lateral", new Convolution { OutChannels = 32, Kernel = 1, HasBias = true }, second);
        GraphValue up = root.Add("up", new UpsampleLike(), lateral, first);
        GraphValue merged = root.Add("merge", new Add(), up, first);
        GraphValue padded = root.Add("pad", new PadChannels { Before = 3, After = 5 }, merged);
        GraphValue together = root.Add("together", new Concatenate(), merged, padded, first);
        GraphValue depthwise = root.Add(
            "depthwise", new Convolution { OutChannels = together.Channels, Kernel = 3, Padding = 1, Groups = together.Channels }, together);
        GraphValue norm = root.Add("norm", new GroupNorm { Groups = 8 }, depthwise);
        GraphValue gate = root.Add("squeeze", new AdaptivePool { Kind = PoolingKind.Average, Size = 1 }, norm);
        gate = root.Add("excite", new Convolution { OutChannels = norm.Channels, Kernel = 1, HasBias = true, Activation = Activation.Sigmoid }, gate);
        GraphValue gated = root.Add("gated", new Multiply(), norm, gate);
        GraphValue average = root.Add("average", new AveragePool { Kernel = 2, Stride = 2, CeilMode = true }, gated);
        GraphValue shifted = root.Add("standalone", new BatchNorm(), average);
        GraphValue fixedSize = root.Add("fixed", new AdaptivePool { Kind = PoolingKind.Max, Size = 3 }, shifted);
        GraphValue flat = root.Add("flatten", new Flatten { KnownArea = 9 }, fixedSize);
        GraphValue dropped = root.Add("dropout", new Dropout(), flat);
        GraphValue logits = root.Add("fc", new Linear { InFeatures = flat.Channels, OutFeatures = 21 }, dropped);
        GraphValue scaled = root.Add("temperature", new Scale { Factor = 0.5f }, logits);
        builder.Output("probabilities", root.Add("softmax", new Softmax(), scaled));
        builder.Output("features", merged);
        builder.Output("deep", second);
        return builder.Build();
    }

    internal static HostTensor Image(int batch, int height, int width, int seed = 1)
    {
        var shape = new TensorShape(batch, 3, height, width);
        return new HostTensor(shape, Noise.Array((int)shape.ElementCount, seed));
    }

    /// <summary>One image of a batch.</summary>
    internal static HostTensor Single(HostTensor batch, int index)
    {
        TensorShape shape = batch.Shape.With(0, 1);
        int length = (int)shape.ElementCount;
        return new HostTensor(shape, batch.Values.Slice(index * length, length).ToArray());
    }

    private static GraphValue Block(GraphScope scope, GraphValue x, int channels, int stride)
    {
        GraphValue y = ConvNormRelu(scope, "conv1", x, channels, 3, stride);
        y = scope.Add("conv2", new Convolution { OutChannels = channels, Kernel = 3, Padding = 1 }, y);
        y = scope.Add("bn2", new BatchNorm(), y);
        GraphValue shortcut = scope.Add("downsample", new Convolution { OutChannels = channels, Kernel = 1, Stride = stride }, x);
        shortcut = scope.Add("downsample_bn", new BatchNorm(), shortcut);
        y = scope.Add("add", new Add(), y, shortcut);
        return scope.Activate("relu", y, Activation.Relu);
    }

    private static GraphValue ConvNormRelu(GraphScope scope, string name, GraphValue x, int channels, int kernel, int stride)
    {
        x = scope.Add(name, new Convolution { OutChannels = channels, Kernel = kernel, Stride = stride, Padding = kernel / 2 }, x);
        x = scope.Add($"{name}_bn", new BatchNorm(), x);
        return scope.Activate($"{name}_relu", x, Activation.Relu);
    }
}
