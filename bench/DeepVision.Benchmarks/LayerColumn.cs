using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace DeepVision.Benchmarks;

/// <summary>A column of the layers' table, from a layer's figures and its median time in seconds. Statistics stand before it unless
/// it is of a category that comes before theirs.</summary>
internal sealed class LayerColumn(
    string name, string legend, Func<LayerFigures, double, string> value, ColumnCategory category = ColumnCategory.Custom) : IColumn
{
    public string Id => ColumnName;

    public string ColumnName => name;

    public string Legend => legend;

    public bool AlwaysShow => true;

    public ColumnCategory Category => category;

    public int PriorityInCategory => 0;

    public bool IsNumeric => false;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        summary[benchmarkCase]?.ResultStatistics is { } statistics
        && LayerBenchmarks.FiguresOf((string)benchmarkCase.Parameters[nameof(LayerBenchmarks.Layer)]) is { } figures
            ? value(figures, statistics.Median * 1e-9)
            : "";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);
}
