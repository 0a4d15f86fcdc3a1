using System.Globalization;
using DeepVision.Torch.Training.Reports;

namespace DeepVision.Torch.Training.Checkpoints;

/// <summary>
/// Where a run stands, apart from its tensors. The order of the data, the augmentation and every step's random numbers are
/// functions of the seed and the step, so these two say where they stand as well.
/// </summary>
internal sealed record TrainingState
{
    private const string Version = "2";

    /// <summary>Steps that were made; the position in the data is as many batches.</summary>
    public required long Step { get; init; }

    /// <summary>The seed of the data's order, of augmentation and of the steps' random numbers.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Batches in an epoch: with another number the position would mean another one.</summary>
    public required int BatchesPerEpoch { get; init; }

    /// <summary>Steps of the whole run, which the schedule depends on.</summary>
    public required long TotalSteps { get; init; }

    /// <summary>What decides the course of the run.</summary>
    public required RunSettings Settings { get; init; }

    /// <summary>The best measurement so far; null before the first that is a number.</summary>
    public double? BestValue { get; init; }

    /// <summary>The step of the best measurement.</summary>
    public long BestStep { get; init; }

    /// <summary>Measurements since the best one.</summary>
    public int SinceBest { get; init; }

    /// <summary>The step of the last measurement that was finished; 0 before the first.</summary>
    public long MeasuredStep { get; init; }

    /// <summary>The steps that no line of the table tells of yet.</summary>
    public RunInterval Interval { get; init; } = RunInterval.Empty;

    public Dictionary<string, string> ToMetadata() => new(Settings.Metadata.Concat(Interval.Metadata))
    {
        ["format"] = "pt",
        ["deepvision.training"] = Version,
        ["step"] = Step.ToString(CultureInfo.InvariantCulture),
        ["seed"] = Seed.ToString(CultureInfo.InvariantCulture),
        ["batches_per_epoch"] = BatchesPerEpoch.ToString(CultureInfo.InvariantCulture),
        ["total_steps"] = TotalSteps.ToString(CultureInfo.InvariantCulture),
        ["best_value"] = BestValue?.ToString("R", CultureInfo.InvariantCulture) ?? "",
        ["best_step"] = BestStep.ToString(CultureInfo.InvariantCulture),
        ["since_best"] = SinceBest.ToString(CultureInfo.InvariantCulture),
        ["measured_step"] = MeasuredStep.ToString(CultureInfo.InvariantCulture),
    };

    /// <exception cref="FormatException">An entry is missing or no number, or another version wrote the file.</exception>
    public static TrainingState FromMetadata(IReadOnlyDictionary<string, string> texts)
    {
        string Text(string name) => texts.TryGetValue(name, out string? text) ? text : throw new FormatException($"its metadata has no '{name}'");
        T Number<T>(string name)
            where T : IParsable<T> => T.TryParse(Text(name), CultureInfo.InvariantCulture, out T? value)
                ? value
                : throw new FormatException($"its '{name}' is '{Text(name)}', which is no {typeof(T).Name}");
        if (Text("deepvision.training") is var version && version != Version)
        {
            throw new FormatException(
                $"it is of version '{version}', and version {Version} is read; resume it with the release that wrote it, or begin a run from its weights");
        }

        return new TrainingState
        {
            Step = Number<long>("step"),
            Seed = Number<ulong>("seed"),
            BatchesPerEpoch = Number<int>("batches_per_epoch"),
            TotalSteps = Number<long>("total_steps"),
            Settings = RunSettings.FromMetadata(texts),
            BestValue = Text("best_value").Length == 0 ? null : Number<double>("best_value"),
            BestStep = Number<long>("best_step"),
            SinceBest = Number<int>("since_best"),
            MeasuredStep = Number<long>("measured_step"),
            Interval = RunInterval.FromMetadata(texts),
        };
    }
}
