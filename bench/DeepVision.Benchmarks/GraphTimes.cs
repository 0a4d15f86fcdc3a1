using System.Diagnostics;
using DeepVision.Cpu;
using DeepVision.Tensors;

namespace DeepVision.Benchmarks;

/// <summary>Times whole runs, each beside a probe of the peak.</summary>
internal static class GraphTimes
{
    internal static void Print(CpuGraph graph, HostTensor input, HostTensor[] outputs, BenchmarkOptions options, long multiplyAdds)
    {
        HostTensor[] inputs = [input];
        for (int i = 0; i < 5; i++)
        {
            graph.Run(inputs, outputs);
        }

        var times = new double[options.Runs];
        var processorTimes = new double[options.Runs];
        double peak = 0;
        for (int i = 0; i < times.Length; i++)
        {
            peak = Math.Max(peak, PeakProbe.Measure());
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            graph.Run(inputs, outputs);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            processorTimes[i] = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
        }

        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < options.AllocationRuns; i++)
        {
            graph.Run(inputs, outputs);
        }

        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        Array.Sort(times);
        Array.Sort(processorTimes);
        double floor = multiplyAdds / peak / options.Threads * 1e3;
        Console.WriteLine(
            $"batch {options.Batch}: best {times[0]:F2} ms, median {times[times.Length / 2]:F2} ms, p90 {times[times.Length * 9 / 10]:F2} ms; "
            + $"processor time best {processorTimes[0]:F2} ms, median {processorTimes[times.Length / 2]:F2} ms");
        Console.WriteLine(
            $"{multiplyAdds / 1e9:F3} G multiply-adds; peak {peak * 2 / 1e9:F0} GFLOP/s a core, at which {options.Threads} threads need {floor:F2} ms: "
            + $"best run {floor / times[0]:P0} of peak");
        if (options.AllocationRuns > 0)
        {
            Console.WriteLine($"{allocated} bytes allocated by all threads in {options.AllocationRuns} runs");
        }
    }
}
