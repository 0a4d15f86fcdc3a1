using System.Diagnostics;
using DeepVision.Cpu;
using DeepVision.Tensors;
using Xunit.Abstractions;

namespace DeepVision.Tests.Cpu;

/// <summary>Images of ever new sizes: each is planned fast, and what the process holds does not grow with their number.</summary>
[Collection(AloneCollection.Name)]
public sealed class NewShapeTests(ITestOutputHelper output)
{
    private const int Sizes = 200;
    private const double LargestMilliseconds = 20;

    [Fact]
    public void Run_TwoHundredSizes_PlansEachFastAndHoldsNoMoreThanAFew()
    {
        string preset = InstructionSetData.IsAccelerated ? "retinanet_resnet50_fpn" : "resnet18";
        using VisionModel model = VisionModel.FromPreset(preset).InitializeWeights().Build();
        using CpuGraph graph = CpuGraph.Compile(model.Graph, model.Weights, new CpuOptions { Threads = 2 });
        long packed = graph.PackedBytes;
        var planning = new double[Sizes];
        (long Managed, long Resident) few = default;
        for (int i = 0; i < Sizes; i++)
        {
            // No size comes twice, and none is much larger than the first.
            var shape = new TensorShape(1, 3, 96 - (i % 20), 96 - (i / 20));
            long start = Stopwatch.GetTimestamp();
            graph.PlanFor(shape);
            planning[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (InstructionSetData.IsAccelerated ? i % 8 == 0 : i < 3)
            {
                graph.Run(new HostTensor(shape));
            }

            if (i == 2 * new CpuOptions().PlanCacheSize)
            {
                few = Held();
            }
        }

        (long Managed, long Resident) all = Held();
        Array.Sort(planning);
        output.WriteLine(FormattableString.Invariant(
            $"Planning: {planning[Sizes / 2]:0.00} ms in the median, {planning[^1]:0.0} at most. Held: {few} bytes after a few, {all} after all."));
        Assert.Equal(packed, graph.PackedBytes);
        Assert.InRange(all.Managed, 0, few.Managed + (few.Managed / 10));
        Assert.InRange(all.Resident, 0, few.Resident + (few.Resident / 10));
        Assert.InRange(planning[Sizes / 2], 0, LargestMilliseconds);
    }

    private static (long Managed, long Resident) Held()
    {
        long managed = GC.GetTotalMemory(forceFullCollection: true);
        using Process process = Process.GetCurrentProcess();
        return (managed, process.WorkingSet64);
    }
}
