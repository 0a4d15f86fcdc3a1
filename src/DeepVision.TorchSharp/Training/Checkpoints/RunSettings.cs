using System.Globalization;
using DeepVision.Preprocessing;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Losses;

namespace DeepVision.Torch.Training.Checkpoints;

/// <summary>
/// What decides the course of a run, a name and a readable text each: a checkpoint holds them, and only a run with the same ones
/// goes on from it. What does not change the steps, such as how often is measured, is not among them.
/// </summary>
internal sealed class RunSettings
{
    private const string Prefix = "setting.";
    private readonly OrderedDictionary<string, string> _texts;

    private RunSettings(IEnumerable<KeyValuePair<string, string>> texts) => _texts = new(texts);

    /// <summary>The settings as entries of a checkpoint's metadata.</summary>
    public IEnumerable<KeyValuePair<string, string>> Metadata => _texts.Select(entry => KeyValuePair.Create(Prefix + entry.Key, entry.Value));

    public static RunSettings Of<TExample>(
        TrainerOptions options, ITrainingLoss<TExample> loss, ImagePreprocessing preprocessing, int examples, long totalSteps)
        where TExample : TrainingExample
    {
        // Records write their numbers as the thread's culture has it.
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            LoaderOptions loader = options.Loader;
            return new RunSettings(
            [
                new("seed", $"{loader.Seed}"),
                new("steps", $"{totalSteps}"),
                new("examples", $"{examples}"),
                new("batch size", $"{loader.BatchSize}"),
                new("order", $"{loader.Order}"),
                new("augmentations", List(loader.Augmentations.Select(augmentation => augmentation.Describe()))),
                new("preprocessing", $"{preprocessing}"),
                new("loss", loss.Describe()),
                new("optimizer", $"{options.Optimizer}"),
                new("schedule", $"{options.Schedule}"),
                new("gradient norm", options.GradientNorm is { } norm ? $"{norm}" : "not cut"),
                new("average", options.Average is { } average ? $"{average}" : "none"),
                new("frozen", List(options.Parameters.Frozen.Order(StringComparer.Ordinal))),
                new("frozen up to", options.Parameters.FrozenUpTo ?? "nothing"),
                new("batch norms", $"{options.Parameters.BatchNorm}"),
                new("layer decay", options.Parameters.LayerDecay is { } decay ? $"{decay.Factor} over {string.Join(" | ", decay.Layers)}" : "none"),
                new("rate factors", List(options.Parameters.RateFactors.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                    .Select(entry => $"{entry.Key} {entry.Value}"))),
            ]);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    public static RunSettings FromMetadata(IReadOnlyDictionary<string, string> texts) => new(
        texts.Where(entry => entry.Key.StartsWith(Prefix, StringComparison.Ordinal)).Select(entry => KeyValuePair.Create(entry.Key[Prefix.Length..], entry.Value)));

    /// <summary>What is not as in a checkpoint, each with what this run has and what was found.</summary>
    public IEnumerable<string> DifferencesFrom(RunSettings saved) =>
        from name in _texts.Keys.Union(saved._texts.Keys)
        let expected = _texts.GetValueOrDefault(name, "nothing")
        let found = saved._texts.GetValueOrDefault(name, "nothing")
        where expected != found
        select $"{name}: expected {expected}, found {found}";

    private static string List(IEnumerable<string> texts) => string.Join(", ", texts) is { Length: > 0 } list ? list : "none";
}
