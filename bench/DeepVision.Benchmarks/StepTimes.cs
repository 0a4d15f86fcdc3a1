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
        var times = new double[runs][];
        double peak = 0;
        for (int run = -3; run < runs; run++)
        {
            peak = Math.Max(peak, PeakProbe.Measure());
            double[] seconds = graph.RunTimed(inputs, outputs);
            if (run >= 0)
            {
                times[run] = seconds;
            }
        }

        // Not the best: how well threads share the work differs from run to run.
        double[] medians = [.. Enumerable.Range(0, steps.Length).Select(i => times.Select(run => run[i]).Order().ElementAt(runs / 2))];
        double total = medians.Sum();
        for (int i = 0; i < steps.Length; i++)
        {
            double fraction = steps[i].MultiplyAdds / peak / graph.Threads / medians[i];
            Console.WriteLine(
                $"{medians[i] * 1e6,8:F0} us {medians[i] / total,6:P1} {(steps[i].MultiplyAdds > 0 ? $"{fraction,5:P0} of peak" : ""),14}  {steps[i].Name}: {steps[i].Describe()}");
        }

        Console.WriteLine($"sum of medians {total * 1e3:F2} ms on {graph.Threads} thread{(graph.Threads == 1 ? "" : "s")}; {steps.Sum(s => s.MultiplyAdds) / peak / graph.Threads / total:P0} of peak ({peak * 2 / 1e9:F0} GFLOP/s a core)");
    }
}
