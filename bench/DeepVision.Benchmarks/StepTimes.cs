using System.Diagnostics;
using DeepVision.Cpu;
using DeepVision.Cpu.Planning;
using DeepVision.Tensors;

namespace DeepVision.Benchmarks;

/// <summary>Times each step of a plan inside of whole runs, so that caches are as they are in use.</summary>
internal static class StepTimes
{
    internal static void Print(CpuGraph graph, HostTensor input, HostTensor[] outputs, int runs)
    {
        HostTensor[] inputs = [input];
        Step[] steps = graph.PlanFor(input.Shape).Steps.ToArray();
        var best = new double[steps.Length];
        Array.Fill(best, double.MaxValue);
        double peak = 0;
        for (int run = 0; run < runs + 3; run++)
        {
            peak = Math.Max(peak, PeakProbe.Measure());
            double[] times = graph.RunTimed(inputs, outputs);
            for (int i = 0; i < best.Length && run >= 3; i++)
            {
                best[i] = Math.Min(best[i], times[i]);
            }
        }

        double total = best.Sum();
        for (int i = 0; i < steps.Length; i++)
        {
            double fraction = steps[i].MultiplyAdds / peak / graph.Threads / best[i];
            Console.WriteLine(
                $"{best[i] * 1e6,8:F0} us {best[i] / total,6:P1} {(steps[i].MultiplyAdds > 0 ? $"{fraction,5:P0} of peak" : ""),14}  {steps[i].Name}: {steps[i].Describe()}");
        }

        Console.WriteLine($"sum of best {total * 1e3:F2} ms on {graph.Threads} thread{(graph.Threads == 1 ? "" : "s")}; {steps.Sum(s => s.MultiplyAdds) / peak / graph.Threads / total:P0} of peak ({peak * 2 / 1e9:F0} GFLOP/s a core)");
    }
}
