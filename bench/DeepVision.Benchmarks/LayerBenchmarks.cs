using BenchmarkDotNet.Attributes;
using DeepVision.Cpu;

namespace DeepVision.Benchmarks;

/// <summary>Times single layers on all threads; before and after each, what the machine can do at most.</summary>
public class LayerBenchmarks
{
    private static readonly Dictionary<string, LayerFigures> _figures = [];
    private LayerRun? _run;

    /// <summary>The layers to time.</summary>
    public static IEnumerable<string> Names =>
        BenchmarkLayer.All.Select(layer => layer.Name).Where(name => name.Contains(Filter, StringComparison.OrdinalIgnoreCase));

    /// <summary>The layer to time, by name.</summary>
    [ParamsSource(nameof(Names))]
    public string Layer { get; set; } = "";

    internal static BenchmarkOptions Options { get; set; } = new();

    internal static string Filter { get; set; } = "";

    internal static LayerFigures? FiguresOf(string layer) => _figures.GetValueOrDefault(layer);

    /// <summary>Plans the layer.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var cpu = new CpuOptions { Threads = Options.Threads, InstructionSet = Options.InstructionSet };
        _run = new LayerRun(BenchmarkLayer.All.Single(layer => layer.Name == Layer), Options.Batch, cpu);
        _figures[Layer] = new LayerFigures(Layer, _run.MultiplyAdds, PeakProbe.Measure(Options.Threads), _run.Description);
    }

    /// <summary>Frees it.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        LayerFigures figures = _figures[Layer];
        _figures[Layer] = figures with { Peak = Math.Max(figures.Peak, PeakProbe.Measure(Options.Threads)) };
        _run?.Dispose();
    }

    /// <summary>One run of the layer.</summary>
    [Benchmark]
    public void Run() => _run!.Run();
}
