using DeepVision.Cpu;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Tests.Cpu.Planning;

/// <summary>A pyramid's way down: a convolution plus a coarser map enlarged to its size.</summary>
public sealed class LateralSumTests
{
    private const double GraphTolerance = 2e-5;

    public static TheoryData<int, int, int, int, int> Cases() => new()
    {
        // Batch, height, width, channels in, channels out: exact doubling, odd sizes, tails of channels, one column, long sums.
        { 1, 32, 48, 32, 48 },
        { 2, 45, 71, 24, 40 },
        { 3, 7, 1, 9, 21 },
        { 1, 5, 29, 16, 33 },
        { 2, 12, 10, 2100, 34 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_ConvolutionPlusEnlargedMap_IsOneStepThatMatchesTheReference(int batch, int height, int width, int channels, int outChannels)
    {
        HostTensor[] images = [Noisy(batch, channels, height, width, 1), Noisy(batch, 17, (height + 1) / 2, (width + 2) / 3, 2)];
        foreach (bool rectifies in new[] { false, true })
        {
            ModelGraph network = Build(channels, outChannels, rectifies, kernel: 1, shown: Shown.Nothing);
            float[] expected = Run(network, CpuInstructionSet.Scalar, 1, images);
            foreach (CpuInstructionSet set in InstructionSetData.Vectors)
            {
                float[] found = Run(network, set, 1, images);
                Closeness.AssertClose(expected, found, GraphTolerance, $"{set}");
                Assert.Equal(found, Run(network, set, 2, images));
                Assert.Contains(" + nearest of ", Plan(network, set, images), StringComparison.Ordinal);
                Assert.DoesNotContain("up: nearest", Plan(network, set, images), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(1, 5)]
    public void Run_SumsOfOneRun_HasTheBitsOfSeparateSteps(int batch, int kernel)
    {
        HostTensor[] images = [Noisy(batch, 24, 23, 37, 1), Noisy(batch, 17, 12, 19, 2)];
        ModelGraph together = Build(24, 40, rectifies: true, kernel, Shown.Nothing);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            Assert.Contains(" + nearest of ", Plan(together, set, images), StringComparison.Ordinal);
            foreach (Shown shown in new[] { Shown.Convolution, Shown.Enlarged })
            {
                ModelGraph apart = Build(24, 40, rectifies: true, kernel, shown);
                Assert.DoesNotContain(" + nearest of ", Plan(apart, set, images), StringComparison.Ordinal);
                Assert.Equal(Run(apart, set, 2, images), Run(together, set, 2, images));
            }
        }
    }

    [Fact]
    public void Plan_WinogradConvolution_HasSeparateSteps()
    {
        HostTensor[] images = [Noisy(1, 64, 56, 56, 1), Noisy(1, 17, 28, 28, 2)];
        ModelGraph network = Build(64, 64, rectifies: false, kernel: 3, Shown.Nothing);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            using CpuGraph graph = CpuGraph.Compile(network, new HashedValues(), new CpuOptions { InstructionSet = set }, images[0].Shape);
            string plan = graph.PlanFor(images[0].Shape, images[1].Shape).ToString();
            Assert.Contains("Winograd", plan, StringComparison.Ordinal);
            Assert.Contains("up: nearest", plan, StringComparison.Ordinal);
            float[] expected = Run(network, CpuInstructionSet.Scalar, 1, images);
            Closeness.AssertClose(expected, graph.Run(images)["sum"].Values.ToArray(), GraphTolerance, $"{set}");
        }
    }

    private static ModelGraph Build(int channels, int outChannels, bool rectifies, int kernel, Shown shown)
    {
        var builder = new GraphBuilder("pyramid");
        GraphScope root = builder.Root;
        GraphValue fine = root.Activate("before", builder.Input("fine", channels), Activation.LeakyRelu(0.3f));
        GraphValue coarse = root.Add("coarse", new Convolution { OutChannels = outChannels, Kernel = 1 }, builder.Input("small", 17));
        var operation = new Convolution { OutChannels = outChannels, Kernel = kernel, Padding = kernel / 2, HasBias = true };
        GraphValue lateral = root.Add("lateral", operation, fine);
        GraphValue enlarged = root.Add("up", new UpsampleLike(), coarse, lateral);
        GraphValue sum = root.Add("add", new Add(), enlarged, lateral);
        builder.Output("sum", rectifies ? root.Activate("relu", sum, Activation.Relu) : sum);
        if (shown != Shown.Nothing)
        {
            builder.Output("shown", shown == Shown.Convolution ? lateral : enlarged);
        }

        return builder.Build();
    }

    private static float[] Run(ModelGraph network, CpuInstructionSet set, int threads, HostTensor[] images)
    {
        using CpuGraph graph = Compile(network, set, threads);
        return graph.Run(images)["sum"].Values.ToArray();
    }

    private static string Plan(ModelGraph network, CpuInstructionSet set, HostTensor[] images)
    {
        using CpuGraph graph = Compile(network, set, 2);
        return graph.PlanFor(images[0].Shape, images[1].Shape).ToString();
    }

    private static CpuGraph Compile(ModelGraph network, CpuInstructionSet set, int threads) =>
        CpuGraph.Compile(network, new HashedValues(), new CpuOptions { InstructionSet = set, Threads = threads, ExactMath = true });

    private static HostTensor Noisy(int batch, int channels, int height, int width, int seed)
    {
        var shape = new TensorShape(batch, channels, height, width);
        return new HostTensor(shape, Noise.Array((int)shape.ElementCount, seed));
    }

    /// <summary>Which of the values that a single step would not make is an output.</summary>
    private enum Shown
    {
        Nothing,
        Convolution,
        Enlarged,
    }
}
