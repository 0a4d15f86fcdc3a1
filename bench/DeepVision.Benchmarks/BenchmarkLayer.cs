using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Benchmarks;

/// <summary>A layer of a well-known network, to be timed alone.</summary>
/// <param name="Name">What it is, as the table shows it.</param>
/// <param name="Channels">Channels of the input.</param>
/// <param name="Size">Height and width of the input.</param>
/// <param name="Operation">What it computes.</param>
internal sealed record BenchmarkLayer(string Name, int Channels, int Size, Operation Operation)
{
    /// <summary>The name of the layer's node.</summary>
    internal const string Node = "layer";

    /// <summary>1x1, 3x3, strided, depthwise, stem and linear layers at the sizes of ResNet-50, MobileNetV2 and VGG-16.</summary>
    internal static IReadOnlyList<BenchmarkLayer> All { get; } =
    [
        Convolution("1x1 64-256 at 56", 64, 56, 256, 1),
        Convolution("1x1 256-64 at 56", 256, 56, 64, 1),
        Convolution("1x1 512-128 at 28", 512, 28, 128, 1),
        Convolution("1x1 256-1024 at 14", 256, 14, 1024, 1),
        Convolution("1x1 2048-512 at 7", 2048, 7, 512, 1),
        Convolution("1x1 96-24 at 56", 96, 56, 24, 1),
        Convolution("3x3 64 at 56", 64, 56, 64, 3),
        Convolution("3x3 128 at 28", 128, 28, 128, 3),
        Convolution("3x3 256 at 14", 256, 14, 256, 3),
        Convolution("3x3 512 at 7", 512, 7, 512, 3),
        Convolution("3x3 64 at 224", 64, 224, 64, 3),
        Convolution("3x3 128 at 56, stride 2", 128, 56, 128, 3, stride: 2),
        Convolution("3x3 512 at 14, stride 2", 512, 14, 512, 3, stride: 2),
        Convolution("1x1 256-512 at 56, stride 2", 256, 56, 512, 1, stride: 2),
        Convolution("depthwise 3x3 144 at 56", 144, 56, 144, 3, groups: 144),
        Convolution("depthwise 3x3 96 at 112, stride 2", 96, 112, 96, 3, stride: 2, groups: 96),
        Convolution("depthwise 3x3 576 at 14", 576, 14, 576, 3, groups: 576),
        Convolution("3x3 in 32 groups, 128 at 56", 128, 56, 128, 3, groups: 32),
        Convolution("stem 7x7 3-64 at 224, stride 2", 3, 224, 64, 7, stride: 2),
        Convolution("stem 3x3 3-32 at 224, stride 2", 3, 224, 32, 3, stride: 2),
        Convolution("stem 3x3 3-64 at 224", 3, 224, 64, 3),
        new("linear 2048-1000", 2048, 1, new Linear { InFeatures = 2048, OutFeatures = 1000 }),
        new("linear 25088-4096", 25088, 1, new Linear { InFeatures = 25088, OutFeatures = 4096 }),
    ];

    /// <summary>A graph of this layer. It may hold steps before and after it that change the layout.</summary>
    internal ModelGraph Build()
    {
        var builder = new GraphBuilder(Name);
        GraphValue value = builder.Input("image", Channels);
        if (Operation is Linear)
        {
            value = builder.Root.Add("flatten", new Flatten { KnownArea = Size * Size }, value);
        }

        builder.Output("output", builder.Root.Add(Node, Operation, value));
        return builder.Build();
    }

    internal TensorShape Input(int batch) => new(batch, Channels, Size, Size);

    public override string ToString() => Name;

    private static BenchmarkLayer Convolution(
        string name, int channels, int size, int outChannels, int kernel, int stride = 1, int groups = 1) => new(name, channels, size, new Convolution
        {
            OutChannels = outChannels,
            Kernel = kernel,
            Stride = stride,
            Padding = kernel / 2,
            Groups = groups,
            HasBias = true,
            Activation = Activation.Relu,
        });
}
