using System.Diagnostics;
using DeepVision;
using DeepVision.Benchmarks;
using DeepVision.Cpu;
using DeepVision.Tensors;

BenchmarkOptions options = BenchmarkOptions.Parse(args);
if (options.Preset == "layers")
{
    return LayerTable.Print(options) ? 0 : 1;
}

using VisionModel model = VisionModel.FromPreset(options.Preset).InitializeWeights().Build();
var cpu = new CpuOptions { Threads = options.Threads, InstructionSet = options.InstructionSet };
if (options.Tunes)
{
    TuningTimes.Print(model, cpu, options);
    return 0;
}

long start = Stopwatch.GetTimestamp();
var shape = new TensorShape(options.Batch, 3, options.Size, options.Size);
using CpuGraph graph = CpuGraph.Compile(model.Graph, model.Weights, cpu, shape);
Console.WriteLine($"{options.Preset}: {graph}, compiled in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms");

if (options.Shapes > 0)
{
    ShapeTimes.Print(graph, options.Size, options.Shapes);
    return 0;
}

var input = new HostTensor(shape);
for (int i = 0; i < input.Values.Length; i++)
{
    input.Values[i] = MathF.Sin(i * 0.37f);
}

start = Stopwatch.GetTimestamp();
HostTensor[] outputs = [.. graph.OutputShapes(input.Shape).Select(shape => new HostTensor(shape))];
Console.WriteLine($"planned in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms");
if (options.Steps)
{
    StepTimes.Print(graph, input, outputs, options.Runs);
}
else
{
    GraphTimes.Print(graph, input, outputs, options, model.Graph.InferShapes(input.Shape).MultiplyAdds);
}

Console.WriteLine($"peak resident memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB");
return 0;
