using System.Diagnostics;
using DeepVision.Cpu;
using DeepVision.Tensors;

namespace DeepVision.Benchmarks;

/// <summary>Tunes a network and times it beside what the cost model chooses, in turns.</summary>
internal static class TuningTimes
{
    internal static void Print(VisionModel model, CpuOptions cpu, BenchmarkOptions options)
    {
        cpu = cpu with { TypicalImage = new Size2D(options.Size, options.Size) };
        long start = Stopwatch.GetTimestamp();
        CpuTuning tuning = model.TuneForCpu(cpu);
        Console.WriteLine($"{tuning}, tuned in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
        foreach (TunedLayer layer in tuning.Layers)
        {
            Console.WriteLine(
                $"{layer.Path}: {layer.Algorithm}; {string.Join(", ", layer.Milliseconds.Select(time => $"{time.Key} {time.Value:F3}"))}");
        }

        var shape = new TensorShape(options.Batch, 3, options.Size, options.Size);
        using CpuGraph byCost = CpuGraph.Compile(model.Graph, model.Weights, cpu, shape);
        using CpuGraph tuned = CpuGraph.Compile(model.Graph, model.Weights, cpu with { Tuning = tuning }, shape);
        HostTensor[] inputs = [new HostTensor(shape)];
        HostTensor[] outputs = [.. byCost.OutputShapes(shape).Select(shape => new HostTensor(shape))];
        var times = new List<(double ByCost, double Tuned)>();
        for (int i = 0; i < options.Runs + 5; i++)
        {
            times.Add((Time(byCost), Time(tuned)));
        }

        times.RemoveRange(0, 5);
        Console.WriteLine(
            $"cost model: median {Median(times.Select(time => time.ByCost)):F2} ms; tuned: median {Median(times.Select(time => time.Tuned)):F2} ms; "
            + $"median ratio {Median(times.Select(time => time.ByCost / time.Tuned)):F3}");

        double Time(CpuGraph graph)
        {
            long begin = Stopwatch.GetTimestamp();
            graph.Run(inputs, outputs);
            return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
