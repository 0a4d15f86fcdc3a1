using DeepVision.Cpu;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Tests.Cpu.Planning;

public sealed class ExpandedDepthwiseTests
{
    [Theory]
    [InlineData(16, 96, 3, 1, 60, 57)]
    [InlineData(16, 96, 3, 2, 61, 56)]
    [InlineData(24, 72, 5, 2, 62, 63)]
    [InlineData(9, 150, 3, 1, 47, 46)]
    public void Run_InvertedResidualOnLargeMap_IsOneStepWithTheBitsOfTwo(int channels, int wide, int kernel, int stride, int height, int width)
    {
        HostTensor image = Image(2, channels, height, width);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            var options = new CpuOptions { InstructionSet = set };
            using CpuGraph together = CpuGraph.Compile(Build(channels, wide, kernel, stride, showsWide: false), new HashedValues(), options);
            using CpuGraph apart = CpuGraph.Compile(Build(channels, wide, kernel, stride, showsWide: true), new HashedValues(), options);

            Assert.Contains("together in bands", together.PlanFor(image.Shape).ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("together in bands", apart.PlanFor(image.Shape).ToString(), StringComparison.Ordinal);
            Assert.Equal(apart.Run(image)["out"].Values.ToArray(), together.Run(image)["out"].Values.ToArray());
        }
    }

    [Fact]
    public void Plan_SmallMap_HasTwoSteps()
    {
        using CpuGraph graph = CpuGraph.Compile(Build(16, 96, 3, 1, showsWide: false), new HashedValues());

        Assert.DoesNotContain("together in bands", graph.PlanFor(new TensorShape(1, 16, 20, 20)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_LargeMapsOfOneChannel_ArePlannedAsTheyWerePacked()
    {
        var builder = new GraphBuilder("one");
        GraphValue value = builder.Root.Convolution("first", builder.Input("image", 16), new Convolution { OutChannels = 1, Kernel = 1 });
        value = builder.Root.Convolution("second", value, new Convolution { OutChannels = 1, Kernel = 1 });
        builder.Output("out", builder.Root.Convolution("third", value, new Convolution { OutChannels = 1, Kernel = 3, Padding = 1 }));
        ModelGraph network = builder.Build();
        HostTensor image = Image(1, 16, 520, 515);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            using CpuGraph graph = CpuGraph.Compile(network, new HashedValues(), new CpuOptions { InstructionSet = set });

            Assert.All(graph.Run(image)["out"].Values.ToArray(), sum => Assert.True(float.IsFinite(sum)));
        }
    }

    /// <summary>Pointwise, then depthwise; a wide map that is also shown has to be made.</summary>
    private static ModelGraph Build(int channels, int wide, int kernel, int stride, bool showsWide)
    {
        var builder = new GraphBuilder("inverted");
        GraphValue image = builder.Input("image", channels);
        GraphValue expanded = builder.Root.Convolution(
            "expand", image, new Convolution { OutChannels = wide, Kernel = 1, Activation = Activation.Relu6 });
        GraphValue filtered = builder.Root.Convolution("filter", expanded, new Convolution
        {
            OutChannels = wide, Kernel = kernel, Stride = stride, Padding = kernel / 2, Groups = wide, Activation = Activation.HardSwish,
        });
        builder.Output("out", filtered);
        if (showsWide)
        {
            builder.Output("wide", expanded);
        }

        return builder.Build();
    }

    private static HostTensor Image(int batch, int channels, int height, int width)
    {
        var image = new HostTensor(new TensorShape(batch, channels, height, width));
        for (int i = 0; i < image.Values.Length; i++)
        {
            image.Values[i] = Noise.Value(i, 5);
        }

        return image;
    }
}
