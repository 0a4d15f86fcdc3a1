using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DeepVision.Torch.Training.Reports;

/// <summary>One line of a run's table: the mean of some steps, or a measurement.</summary>
internal sealed record RunRow
{
    public required long Step { get; init; }

    public required long Epoch { get; init; }

    public required double Seconds { get; init; }

    public double? Rate { get; init; }

    public double? Loss { get; init; }

    /// <summary>As <c>name=value</c> with blanks between.</summary>
    public string Parts { get; init; } = "";

    public double? GradientNorm { get; init; }

    public double? Measured { get; init; }

    /// <summary>As <c>name=value</c> with blanks between.</summary>
    public string Others { get; init; } = "";

    public string ToCsv() => string.Join(
        ',',
        Step.ToString(CultureInfo.InvariantCulture),
        Epoch.ToString(CultureInfo.InvariantCulture),
        Seconds.ToString("F1", CultureInfo.InvariantCulture),
        Text(Rate),
        Text(Loss),
        Parts,
        Text(GradientNorm),
        Text(Measured),
        Others);

    public static bool TryParse(string line, [NotNullWhen(true)] out RunRow? row)
    {
        string[] cells = line.Split(',');
        row = null;
        if (cells.Length != 9
            || !long.TryParse(cells[0], CultureInfo.InvariantCulture, out long step)
            || !long.TryParse(cells[1], CultureInfo.InvariantCulture, out long epoch)
            || !double.TryParse(cells[2], CultureInfo.InvariantCulture, out double seconds))
        {
            return false;
        }

        row = new RunRow
        {
            Step = step,
            Epoch = epoch,
            Seconds = seconds,
            Rate = Value(cells[3]),
            Loss = Value(cells[4]),
            Parts = cells[5],
            GradientNorm = Value(cells[6]),
            Measured = Value(cells[7]),
            Others = cells[8],
        };
        return true;
    }

    /// <summary>Named values for one cell.</summary>
    public static string Cell(IEnumerable<KeyValuePair<string, double>> values) =>
        string.Join(' ', values.Select(entry => $"{entry.Key}={entry.Value.ToString("G6", CultureInfo.InvariantCulture)}"));

    private static string Text(double? value) => value?.ToString("G9", CultureInfo.InvariantCulture) ?? "";

    private static double? Value(string cell) => double.TryParse(cell, CultureInfo.InvariantCulture, out double value) ? value : null;
}
