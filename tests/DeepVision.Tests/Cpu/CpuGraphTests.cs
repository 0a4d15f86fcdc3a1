using DeepVision.Cpu;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Tests.Cpu;

public sealed class CpuGraphTests
{
    /// <summary>What raw outputs of direct algorithms are allowed everywhere in this project, over the largest output.</summary>
    private const double GraphTolerance = 2e-5;

    [Theory]
    [InlineData(1, 64, 64)]
    [InlineData(3, 45, 71)]
    public void Run_EveryInstructionSet_MatchesReference(int batch, int height, int width)
    {
        HostTensor image = SampleGraphs.Image(batch, height, width);
        IReadOnlyDictionary<string, HostTensor> expected = Run(CpuInstructionSet.Scalar, 1, image);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            IReadOnlyDictionary<string, HostTensor> found = Run(set, 2, image);
            foreach ((string name, HostTensor tensor) in expected)
            {
                Assert.Equal(tensor.Shape, found[name].Shape);
                Closeness.AssertClose(tensor.Values.ToArray(), found[name].Values.ToArray(), GraphTolerance, $"{set} {name}");
            }
        }
    }

    [Fact]
    public void Run_AnyThreadCount_GivesTheSameBits()
    {
        HostTensor image = SampleGraphs.Image(2, 50, 62);
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            IReadOnlyDictionary<string, HostTensor> one = Run(set, 1, image);
            // The last is more than a run has shares, as on a machine of many cores.
            foreach (int threads in new[] { 2, 3, 5, 65 })
            {
                AssertSameBits(one, Run(set, threads, image), $"{set}, {threads} threads");
            }
        }
    }

    [Fact]
    public void Run_ImageInBatch_GivesTheBitsItHasAlone()
    {
        HostTensor batch = SampleGraphs.Image(4, 40, 57);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            using CpuGraph graph = Compile(set, 2);
            IReadOnlyDictionary<string, HostTensor> together = graph.Run(batch);
            for (int i = 0; i < 4; i++)
            {
                IReadOnlyDictionary<string, HostTensor> alone = graph.Run(SampleGraphs.Single(batch, i));
                foreach ((string name, HostTensor tensor) in together)
                {
                    int length = alone[name].Values.Length;
                    Assert.True(
                        tensor.Values.Slice(i * length, length).SequenceEqual(alone[name].Values), $"{set}: image {i} of '{name}' differs.");
                }
            }
        }
    }

    [Fact]
    public void Run_ConcurrentlyWithTwoShapes_GivesTheSameBits()
    {
        HostTensor[] images = [SampleGraphs.Image(1, 64, 48), SampleGraphs.Image(2, 33, 40)];
        using CpuGraph graph = Compile(CpuInstructionSet.Auto, 2);
        IReadOnlyDictionary<string, HostTensor>[] expected = [graph.Run(images[0]), graph.Run(images[1])];
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, thread =>
        {
            for (int i = 0; i < (InstructionSetData.IsAccelerated ? 15 : 2); i++)
            {
                int which = (i + thread) % 2;
                AssertSameBits(expected[which], graph.Run(images[which]), $"thread {thread}, run {i}");
            }
        });
    }

    [Fact]
    public void Run_MoreShapesThanTheCacheHolds_PlansAgainAndPacksNothing()
    {
        using CpuGraph graph = CpuGraph.Compile(SampleGraphs.Residual(), new HashedValues(), new CpuOptions { PlanCacheSize = 2 });
        long packed = graph.PackedBytes;
        HostTensor first = SampleGraphs.Image(1, 40, 40);
        IReadOnlyDictionary<string, HostTensor> expected = graph.Run(first);
        for (int size = 41; size < 46; size++)
        {
            graph.Run(SampleGraphs.Image(1, size, size));
        }

        AssertSameBits(expected, graph.Run(first), "planned again");
        Assert.Equal(packed, graph.PackedBytes);
    }

    [Fact]
    public void Plan_Prints_ALineForEachStep()
    {
        using CpuGraph graph = Compile(CpuInstructionSet.Auto, 2);
        var plan = graph.PlanFor(new TensorShape(1, 3, 64, 64));
        string text = plan.ToString();
        Assert.Equal(plan.Steps.Length + 1, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.All(plan.Steps, step => Assert.Contains(step.Name, text));
    }

    [Fact]
    public void Run_WrongShapes_SayWhatWasExpected()
    {
        using CpuGraph graph = Compile(CpuInstructionSet.Auto, 1);
        Assert.Throws<ModelBuildException>(() => graph.Run(new HostTensor(new TensorShape(1, 4, 64, 64))));
        Assert.Throws<ModelBuildException>(() => graph.Run(new HostTensor(new TensorShape(3, 64))));
        Assert.Throws<ArgumentException>(() => graph.Run(new HostTensor(new TensorShape(0, 3, 64, 64))));
        Assert.Throws<ArgumentException>(() => graph.Run());
        Assert.Throws<ArgumentNullException>(() => graph.Run((HostTensor)null!));
        HostTensor image = SampleGraphs.Image(1, 64, 64);
        ArgumentException exception = Assert.Throws<ArgumentException>(
            () => graph.Run([image], [new HostTensor(new TensorShape(1, 20)), image, image]));
        Assert.Contains("1x21", exception.Message);
    }

    [Fact]
    public void PlanFor_HugeImage_IsRefusedBeforeAnythingIsAllocated()
    {
        using CpuGraph graph = Compile(CpuInstructionSet.Auto, 1);
        foreach (int side in new[] { 20_000, 100_000, 1_000_000 })
        {
            ArgumentException exception = Assert.Throws<ArgumentException>(() => graph.PlanFor(new TensorShape(1, 3, side, side)));
            Assert.Contains(nameof(CpuOptions.MaxActivationBytes), exception.Message);
        }
    }

    [Fact]
    public void Compile_UnknownOperation_NamesTheNode()
    {
        var builder = new GraphBuilder("opaque");
        var operation = new OpaqueOperation { Kind = "secret", OutChannels = 3, ShapeRule = shapes => shapes[0] };
        builder.Output("out", builder.Root.Add("mystery", operation, builder.Input("image", 3)));
        ModelBuildException exception = Assert.Throws<ModelBuildException>(() => CpuGraph.Compile(builder.Build(), new HashedValues()));
        Assert.Contains("mystery", exception.Message);
    }

    [Fact]
    public void Compile_PacksBeyondBudget_SaysHowMuch()
    {
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(
            () => CpuGraph.Compile(SampleGraphs.Residual(), new HashedValues(), new CpuOptions { PackBudgetBytes = 50_000 }));
        Assert.Contains(nameof(CpuOptions.PackBudgetBytes), exception.Message);
    }

    [Fact]
    public void Compile_MissingInstructionSet_IsAnError()
    {
        CpuInstructionSet[] missing =
            [.. new[] { CpuInstructionSet.Avx512, CpuInstructionSet.Avx2 }.Except(InstructionSetData.Vectors)];
        Assert.All(missing, set => Assert.Throws<PlatformNotSupportedException>(() => Compile(set, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Compile((CpuInstructionSet)99, 1));
        using CpuGraph graph = Compile(CpuInstructionSet.Auto, 1);
        Assert.NotEqual(CpuInstructionSet.Auto, graph.InstructionSet);
        Assert.DoesNotContain(graph.InstructionSet, missing);
    }

    [Fact]
    public void Dispose_WhileRunning_LetsTheRunsEnd()
    {
        HostTensor image = SampleGraphs.Image(1, 64, 64);
        for (int round = 0; round < (InstructionSetData.IsAccelerated ? 5 : 1); round++)
        {
            CpuGraph graph = Compile(CpuInstructionSet.Auto, 2);
            graph.Run(image);
            var runner = new Thread(() =>
            {
                try
                {
                    while (true)
                    {
                        graph.Run(image);
                    }
                }
                catch (ObjectDisposedException)
                {
                    // The only way out.
                }
            });
            runner.Start();
            Thread.Sleep(20);
            graph.Dispose();
            Assert.True(runner.Join(TimeSpan.FromSeconds(30)));
        }
    }

    [Fact]
    public void Run_NaNImage_ReachesEveryOutputOfThatImageOnly()
    {
        HostTensor batch = SampleGraphs.Image(2, 48, 48);
        batch.Values[..(3 * 48 * 48)].Fill(float.NaN);
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            IReadOnlyDictionary<string, HostTensor> outputs = Run(set, 2, batch);
            foreach ((string name, HostTensor tensor) in outputs)
            {
                int half = tensor.Values.Length / 2;
                Assert.True(tensor.Values[..half].ToArray().All(float.IsNaN), $"{set}: '{name}' has numbers for an image of NaN.");
                Assert.True(tensor.Values[half..].ToArray().All(float.IsFinite), $"{set}: '{name}' lets NaN through to the other image.");
            }
        }
    }

    private static CpuGraph Compile(CpuInstructionSet set, int threads) =>
        CpuGraph.Compile(SampleGraphs.Residual(), new HashedValues(), new CpuOptions { InstructionSet = set, Threads = threads });

    private static IReadOnlyDictionary<string, HostTensor> Run(CpuInstructionSet set, int threads, HostTensor image)
    {
        using CpuGraph graph = Compile(set, threads);
        return graph.Run(image);
    }

    private static void AssertSameBits(
        IReadOnlyDictionary<string, HostTensor> expected, IReadOnlyDictionary<string, HostTensor> found, string what)
    {
        foreach ((string name, HostTensor tensor) in expected)
        {
            Assert.True(tensor.Values.SequenceEqual(found[name].Values), $"{what}: '{name}' differs.");
        }
    }
}
