using DeepVision.Cpu;
using DeepVision.Tensors;
using DeepVision.Threading;

namespace DeepVision.Tests.Cpu;

[Collection(AloneCollection.Name)]
public sealed class AllocationTests
{
    [Fact]
    public void Run_ThousandTimesOnTwoThreads_AllocatesNothingOnEither()
    {
        using CpuGraph graph = CpuGraph.Compile(SampleGraphs.Residual(), new HashedValues(), new CpuOptions { Threads = 2 });
        HostTensor[] inputs = [SampleGraphs.Image(1, 24, 24)];
        HostTensor[] outputs = [.. graph.OutputShapes(inputs[0].Shape).Select(shape => new HostTensor(shape))];
        for (int i = 0; i < (InstructionSetData.IsAccelerated ? 50 : 3); i++)
        {
            graph.Run(inputs, outputs);
        }

        // Threads of the test host allocate as they like, so each computing thread counts its own.
        var before = new AllocationCount();
        var after = new AllocationCount();
        ThreadTeam.Shared.Run(before, 2);
        for (int i = 0; i < (InstructionSetData.IsAccelerated ? 1000 : 20); i++)
        {
            graph.Run(inputs, outputs);
        }

        ThreadTeam.Shared.Run(after, 2);
        Assert.NotEqual(before.Threads[0], before.Threads[1]);
        Assert.Equal(before.Threads, after.Threads);
        Assert.Equal(before.Bytes, after.Bytes);
    }

    /// <summary>Notes what each thread of the team has allocated so far, without allocating.</summary>
    private sealed class AllocationCount : IParallelProgram
    {
        public int[] Threads { get; } = new int[2];

        public long[] Bytes { get; } = new long[2];

        public void Work(int worker)
        {
            Threads[worker] = Environment.CurrentManagedThreadId;
            Bytes[worker] = GC.GetAllocatedBytesForCurrentThread();
        }
    }
}
