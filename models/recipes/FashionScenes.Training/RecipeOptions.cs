using DeepVision.FashionScenes.Tool;
using DeepVision.Torch.Training.Reports;

namespace DeepVision.FashionScenes.Training;

/// <summary>What the three recipes can be told.</summary>
internal sealed class RecipeOptions(CommandLine options)
{
    public string Folder { get; } = options.Required("out");

    public string Articles { get; } = options.Text("articles", FashionArticles.DefaultFolder);

    public int Scenes { get; } = options.Number("scenes", 20_000);

    public int? Epochs { get; } = options.Number("epochs", 0) is > 0 and var epochs ? epochs : null;

    public long? Steps { get; } = options.Number("steps", 0) is > 0 and var steps ? steps : null;

    public int Workers { get; } = options.Number("workers", 1);

    public ulong Seed { get; } = (ulong)options.Number("seed", 20261122);

    public StepTimes Times { get; } = new();

    public ProgressOptions Progress { get; } = new();
}
