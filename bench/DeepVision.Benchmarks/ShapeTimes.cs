using System.Diagnostics;
using DeepVision.Cpu;
using DeepVision.Tensors;

namespace DeepVision.Benchmarks;

/// <summary>Times the planning of images of ever new sizes, and tells what the process holds meanwhile.</summary>
internal static class ShapeTimes
{
    internal static void Print(CpuGraph graph, int size, int count)
    {
        var planning = new double[count];
        long packed = graph.PackedBytes;
        using Process process = Process.GetCurrentProcess();
        for (int i = 0; i < count; i++)
        {
            // No size comes twice.
            var shape = new TensorShape(1, 3, size - (i % 20), size - (i / 20));
            long start = Stopwatch.GetTimestamp();
            graph.PlanFor(shape);
            planning[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            graph.Run(new HostTensor(shape));
            if (i is 0 or 9 || i == count - 1)
            {
                process.Refresh();
                Console.WriteLine($"after {i + 1} sizes: {process.WorkingSet64 / 1e6:F0} MB resident");
            }
        }

        double first = planning[0];
        Array.Sort(planning);
        Console.WriteLine(
            $"planned: first {first:F1} ms, median {planning[count / 2]:F2} ms, p90 {planning[count * 9 / 10]:F2} ms, worst {planning[^1]:F2} ms; "
            + $"{graph.PackedBytes - packed} bytes packed again");
    }
}
