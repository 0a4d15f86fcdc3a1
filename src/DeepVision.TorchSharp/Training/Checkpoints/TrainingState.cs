using System.Globalization;

namespace DeepVision.Torch.Training.Checkpoints;

/// <summary>
/// Where a run stands, apart from its tensors. The order of the data, the augmentation and every step's random numbers are
/// functions of the seed and the step, so these two say where they stand as well.
/// </summary>
internal sealed record TrainingState
{
    /// <summary>Steps that were made; the position in the data is as many batches.</summary>
    public required long Step { get; init; }

    /// <summary>The seed of the data's order, of augmentation and of the steps' random numbers.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Batches in an epoch: with another number the position would mean another one.</summary>
    public required int BatchesPerEpoch { get; init; }

    /// <summary>Steps of the whole run, which the schedule depends on.</summary>
    public required long TotalSteps { get; init; }

    /// <summary>What else decides the course of the run.</summary>
    public required string Settings { get; init; }

    /// <summary>The best measurement so far; null before the first.</summary>
    public double? BestValue { get; init; }

    /// <summary>The step of the best measurement.</summary>
    public long BestStep { get; init; }

    /// <summary>Measurements since the best one.</summary>
    public int SinceBest { get; init; }

    public Dictionary<string, string> ToMetadata() => new()
    {
        ["format"] = "pt",
        ["deepvision.training"] = "1",
        ["step"] = Step.ToString(CultureInfo.InvariantCulture),
        ["seed"] = Seed.ToString(CultureInfo.InvariantCulture),
        ["batches_per_epoch"] = BatchesPerEpoch.ToString(CultureInfo.InvariantCulture),
        ["total_steps"] = TotalSteps.ToString(CultureInfo.InvariantCulture),
        ["settings"] = Settings,
        ["best_value"] = BestValue?.ToString("R", CultureInfo.InvariantCulture) ?? "",
        ["best_step"] = BestStep.ToString(CultureInfo.InvariantCulture),
        ["since_best"] = SinceBest.ToString(CultureInfo.InvariantCulture),
    };

    /// <exception cref="FormatException">An entry is missing or no number.</exception>
    public static TrainingState FromMetadata(IReadOnlyDictionary<string, string> texts)
    {
        string Text(string name) => texts.TryGetValue(name, out string? text) ? text : throw new FormatException($"its metadata has no '{name}'");
        long Number(string name) => long.TryParse(Text(name), CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new FormatException($"its '{name}' is '{Text(name)}', which is no whole number");
        string best = Text("best_value");
        return new TrainingState
        {
            Step = Number("step"),
            Seed = ulong.TryParse(Text("seed"), CultureInfo.InvariantCulture, out ulong seed) ? seed : throw new FormatException("its 'seed' is no number"),
            BatchesPerEpoch = (int)Number("batches_per_epoch"),
            TotalSteps = Number("total_steps"),
            Settings = Text("settings"),
            BestValue = best.Length == 0 ? null : double.Parse(best, CultureInfo.InvariantCulture),
            BestStep = Number("best_step"),
            SinceBest = (int)Number("since_best"),
        };
    }
}
