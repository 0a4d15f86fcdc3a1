using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace DeepVision.Benchmarks;

/// <summary>Runs BenchmarkDotNet over the layers, in this process, and prints one table.</summary>
internal static class LayerTable
{
    /// <returns>Whether every layer was measured.</returns>
    internal static bool Print(BenchmarkOptions options)
    {
        LayerBenchmarks.Options = options;
        LayerBenchmarks.Filter = options.Filter;
        ManualConfig config = ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
                .WithWarmupCount(3).WithIterationCount(15).WithMinIterationTime(Perfolizer.Horology.TimeInterval.FromMilliseconds(50)))
            .AddLogger(options.IsVerbose ? ConsoleLogger.Default : NullLogger.Instance)
            .AddColumn(
                new LayerColumn("Layer", "Channels and the size of the input", (figures, _) => figures.Name, ColumnCategory.Params),
                StatisticColumn.Median,
                StatisticColumn.Min,
                StatisticColumn.P90,
                new LayerColumn("GFLOP/s", "By the direct algorithm", (figures, seconds) => $"{Rate(figures, seconds):F0}"),
                new LayerColumn("Peak", "GFLOP/s on registers alone", (figures, _) => $"{2e-9 * figures.Peak:F0}"),
                new LayerColumn("Of peak", "GFLOP/s over Peak", (figures, seconds) => $"{Rate(figures, seconds) / (2e-9 * figures.Peak):P0}"),
                new LayerColumn("Algorithm", "As planned", (figures, _) => figures.Algorithm))
            .WithArtifactsPath("artifacts/layers")
            .WithOptions(ConfigOptions.DisableOptimizationsValidator);
        Summary summary = BenchmarkRunner.Run<LayerBenchmarks>(config);
        Console.WriteLine($"{options.Threads} threads, batch {options.Batch}; a Winograd layer can exceed the peak, because the direct algorithm's multiply-adds are counted");
        BenchmarkDotNet.Exporters.MarkdownExporter.Console.ExportToLog(summary, ConsoleLogger.Default);
        foreach (BenchmarkReport report in summary.Reports.Where(report => !report.Success))
        {
            Console.WriteLine($"failed: {report.BenchmarkCase.DisplayInfo}; see it with --verbose");
        }

        return !summary.HasCriticalValidationErrors && summary.Reports.Length > 0 && summary.Reports.All(report => report.Success);
    }

    private static double Rate(LayerFigures figures, double seconds) => 2e-9 * figures.MultiplyAdds / seconds;
}
