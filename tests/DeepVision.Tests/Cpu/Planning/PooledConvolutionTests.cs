using DeepVision.Cpu;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Tests.Cpu.Planning;

public sealed class PooledConvolutionTests
{
    [Theory]
    [InlineData(2, 32, 40, 56, 48, ActivationKind.Relu)]
    [InlineData(1, 16, 20, 45, 51, ActivationKind.Identity)]
    [InlineData(3, 24, 33, 31, 38, ActivationKind.Sigmoid)]
    [InlineData(1, 48, 64, 9, 7, ActivationKind.Relu6)]
    [InlineData(1, 16, 16, 3, 2, ActivationKind.Relu)]
    public void Run_PoolBehindWinograd_IsOneStepWithTheBitsOfTwo(
        int batch, int channels, int outChannels, int height, int width, ActivationKind activation)
    {
        HostTensor image = Image(batch, channels, height, width);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            foreach (string algorithm in new[] { "Winograd2", "Winograd4" })
            {
                CpuOptions options = Tuned(set, algorithm);
                using CpuGraph together = CpuGraph.Compile(Build(channels, outChannels, activation), new HashedValues(), options);
                using CpuGraph apart = CpuGraph.Compile(Build(channels, outChannels, activation, shows: true), new HashedValues(), options);

                Assert.Contains("+ Max pool 2x2", together.PlanFor(image.Shape).ToString(), StringComparison.Ordinal);
                Assert.DoesNotContain("+ Max pool 2x2", apart.PlanFor(image.Shape).ToString(), StringComparison.Ordinal);
                float[] expected = apart.Run(image)["out"].Values.ToArray();
                Assert.Contains(expected, value => value != 0);
                Assert.Equal(expected, together.Run(image)["out"].Values.ToArray());
            }
        }
    }

    [Fact]
    public void Run_NotANumber_ReachesThePoolsOutput()
    {
        HostTensor image = Image(1, 16, 12, 12);
        image.Values.Fill(float.NaN);
        using CpuGraph graph = CpuGraph.Compile(
            Build(16, 16, ActivationKind.Relu), new HashedValues(), Tuned(InstructionSetData.Vectors[0], "Winograd4"));

        Assert.All(graph.Run(image)["out"].Values.ToArray(), value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void Plan_PoolOfAnotherKind_StaysAStep()
    {
        MaxPool[] others =
        [
            new() { Kernel = 3, Stride = 2 },
            new() { Kernel = 2, Stride = 1 },
            new() { Kernel = 2, Stride = 2, Padding = 1 },
            new() { Kernel = 2, Stride = 2, CeilMode = true },
        ];
        foreach (MaxPool pool in others)
        {
            using CpuGraph graph = CpuGraph.Compile(
                Build(16, 16, ActivationKind.Relu, pool: pool), new HashedValues(), Tuned(InstructionSetData.Vectors[0], "Winograd4"));

            Assert.DoesNotContain("+ Max pool 2x2", graph.PlanFor(new TensorShape(1, 16, 13, 13)).ToString(), StringComparison.Ordinal);
        }
    }

    private static CpuOptions Tuned(CpuInstructionSet set, string algorithm) => new()
    {
        InstructionSet = set,
        Threads = 2,
        Tuning = new CpuTuning("pooled", set, 2, new Size2D(1, 1), [new TunedLayer("conv", algorithm, new Dictionary<string, double>())]),
    };

    /// <summary>A convolution and the pool behind it; a map that is also shown has to be made.</summary>
    private static ModelGraph Build(int channels, int outChannels, ActivationKind activation, bool shows = false, MaxPool? pool = null)
    {
        var builder = new GraphBuilder("pooled");
        GraphValue made = builder.Root.Convolution(
            "conv",
            builder.Input("image", channels),
            new Convolution { OutChannels = outChannels, Kernel = 3, Padding = 1, HasBias = true, Activation = new Activation(activation) });
        builder.Output("out", builder.Root.Add("pool", pool ?? new MaxPool { Kernel = 2, Stride = 2 }, made));
        if (shows)
        {
            builder.Output("full", made);
        }

        return builder.Build();
    }

    private static HostTensor Image(int batch, int channels, int height, int width)
    {
        var shape = new TensorShape(batch, channels, height, width);
        return new HostTensor(shape, Noise.Array((int)shape.ElementCount, 5));
    }
}
