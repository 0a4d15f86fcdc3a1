using DeepVision.Cpu;
using DeepVision.Cpu.Planning;
using DeepVision.Tensors;

namespace DeepVision.Tests.Cpu;

/// <summary>What the engine promises for every graph, on graphs with the operations of the later families.</summary>
public sealed class CpuFieldTests
{
    /// <summary>What raw outputs of direct algorithms are allowed everywhere in this project, over the largest output.</summary>
    private const double GraphTolerance = 2e-5;

    public static TheoryData<string> Graphs => [nameof(SampleFields.Tokens), nameof(SampleFields.Maps)];

    [Theory]
    [MemberData(nameof(Graphs))]
    public void Run_EveryInstructionSet_MatchesReference(string name)
    {
        IReadOnlyDictionary<string, HostTensor> expected = Run(name, CpuInstructionSet.Scalar, 1, Image(2));
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            IReadOnlyDictionary<string, HostTensor> found = Run(name, set, 2, Image(2));
            foreach ((string output, HostTensor tensor) in expected)
            {
                Assert.Equal(tensor.Shape, found[output].Shape);
                Closeness.AssertClose(tensor.Values.ToArray(), found[output].Values.ToArray(), GraphTolerance, $"{set} {output}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Graphs))]
    public void Run_AnyThreadCount_GivesTheSameBits(string name)
    {
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            IReadOnlyDictionary<string, HostTensor> one = Run(name, set, 1, Image(2));
            foreach (int threads in new[] { 2, 5 })
            {
                IReadOnlyDictionary<string, HostTensor> found = Run(name, set, threads, Image(2));
                Assert.All(one, pair => Assert.True(pair.Value.Values.SequenceEqual(found[pair.Key].Values), $"{set}, {threads} threads: {pair.Key}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Graphs))]
    public void Run_ImageInBatch_GivesTheBitsItHasAloneAndNaNStaysWithItsImage(string name)
    {
        HostTensor batch = Image(3);
        batch.Values[..(int)(batch.Shape.ElementCount / 3)].Fill(float.NaN);
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            using CpuGraph graph = Compile(name, set, 2);
            IReadOnlyDictionary<string, HostTensor> together = graph.Run(batch);
            for (int i = 1; i < 3; i++)
            {
                foreach ((string output, HostTensor alone) in graph.Run(SampleGraphs.Single(batch, i)))
                {
                    int length = alone.Values.Length;
                    Assert.True(together[output].Values.Slice(i * length, length).SequenceEqual(alone.Values), $"{set}: image {i} of {output}");
                }
            }

            Assert.All(together, pair => Assert.True(
                pair.Value.Values[..(pair.Value.Values.Length / 3)].ToArray().All(float.IsNaN), $"{set}: {pair.Key} has numbers for an image of NaN."));
        }
    }

    [Theory]
    [MemberData(nameof(Graphs))]
    public void Run_OnceMore_AllocatesNothing(string name)
    {
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            using CpuGraph graph = Compile(name, set, 1);
            HostTensor[] inputs = [Image(1)];
            Plan plan = graph.PlanFor(inputs[0].Shape);
            HostTensor[] outputs = [.. plan.OutputShapes.Select(shape => new HostTensor(shape))];
            graph.Run(inputs, outputs);
            graph.Run(inputs, outputs);
            long before = GC.GetAllocatedBytesForCurrentThread();
            graph.Run(inputs, outputs);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private static HostTensor Image(int batch) => SampleGraphs.Image(batch, SampleFields.TokenImageSide, SampleFields.TokenImageSide);

    private static CpuGraph Compile(string name, CpuInstructionSet set, int threads) =>
        CpuGraph.Compile(SampleFields.Create(name), new HashedValues(), new CpuOptions { InstructionSet = set, Threads = threads });

    private static IReadOnlyDictionary<string, HostTensor> Run(string name, CpuInstructionSet set, int threads, HostTensor image)
    {
        using CpuGraph graph = Compile(name, set, threads);
        return graph.Run(image);
    }
}
