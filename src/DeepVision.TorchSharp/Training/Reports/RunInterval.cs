using System.Collections.Immutable;
using System.Globalization;

namespace DeepVision.Torch.Training.Reports;

/// <summary>Sums over the steps since the last line of the table; a checkpoint holds them, so that no line is lost. Immutable.</summary>
internal sealed class RunInterval
{
    private const string Prefix = "interval.";
    private const string PartPrefix = $"{Prefix}part.";

    private RunInterval()
    {
    }

    /// <summary>No step.</summary>
    public static RunInterval Empty { get; } = new();

    /// <summary>The interval as entries of a checkpoint's metadata.</summary>
    public IEnumerable<KeyValuePair<string, string>> Metadata =>
    [
        new($"{Prefix}steps", Steps.ToString(CultureInfo.InvariantCulture)),
        new($"{Prefix}loss", Text(Loss)),
        new($"{Prefix}gradient_norm", GradientNorm is { } norm ? Text(norm) : ""),
        .. Parts.Select(part => KeyValuePair.Create(PartPrefix + part.Key, Text(part.Value))),
    ];

    private long Steps { get; init; }

    private double Loss { get; init; }

    private double? GradientNorm { get; init; }

    private ImmutableArray<KeyValuePair<string, double>> Parts { get; init; } = [];

    /// <exception cref="FormatException">An entry is missing or no number.</exception>
    public static RunInterval FromMetadata(IReadOnlyDictionary<string, string> texts)
    {
        double Number(string name) => double.TryParse(texts.GetValueOrDefault(name), CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new FormatException($"its '{name}' is missing or no number");
        return new RunInterval
        {
            Steps = (long)Number($"{Prefix}steps"),
            Loss = Number($"{Prefix}loss"),
            GradientNorm = texts.GetValueOrDefault($"{Prefix}gradient_norm") is "" ? null : Number($"{Prefix}gradient_norm"),
            Parts = [.. texts.Keys.Where(key => key.StartsWith(PartPrefix, StringComparison.Ordinal))
                .Select(key => KeyValuePair.Create(key[PartPrefix.Length..], Number(key)))],
        };
    }

    /// <summary>The interval with one more step.</summary>
    public RunInterval With(TrainingStep step) => new()
    {
        Steps = Steps + 1,
        Loss = Loss + step.Loss,
        GradientNorm = step.GradientNorm is { } norm ? GradientNorm.GetValueOrDefault() + norm : GradientNorm,
        Parts = [.. step.Parts.Select((part, i) => KeyValuePair.Create(part.Key, part.Value + (i < Parts.Length ? Parts[i].Value : 0)))],
    };

    /// <summary>The line of the table: the means.</summary>
    /// <param name="last">The last step.</param>
    /// <param name="elapsed">How long the run has taken.</param>
    public RunRow ToRow(TrainingStep last, TimeSpan elapsed) => new()
    {
        Step = last.Step,
        Epoch = last.Epoch,
        Seconds = elapsed.TotalSeconds,
        Rate = last.LearningRate,
        Loss = Loss / Steps,
        Parts = RunRow.Cell(Parts.Select(part => KeyValuePair.Create(part.Key, part.Value / Steps))),
        GradientNorm = GradientNorm / Steps,
    };

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
