using System.Globalization;
using System.Text;
using DeepVision.Models;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Tests.Shared;
using DeepVision.Zoo;

namespace DeepVision.Tests.Zoo;

/// <summary>
/// What the documents say of the presets is what the presets are. With DEEPVISION_UPDATE_DOCS=1 the tables are written anew.
/// </summary>
public sealed class SupportTableTests
{
    private const string Begin = "<!-- presets: written by SupportTableTests -->";
    /// <summary>For models that take images as they are.</summary>
    private const int AnySide = 640;

    private const string End = "<!-- end of presets -->";

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/models.md")]
    public void Table_InDocument_IsThatOfThePresets(string document)
    {
        string path = Repository.PathOf(document.Split('/'));
        string text = File.ReadAllText(path).ReplaceLineEndings("\n");
        int begin = text.IndexOf(Begin, StringComparison.Ordinal);
        int end = text.IndexOf(End, StringComparison.Ordinal);
        Assert.True(begin >= 0 && end > begin, $"{document} has no place for the presets.");
        string expected = $"{Begin}\n{(document == "README.md" ? Names() : Figures())}";

        if (Environment.GetEnvironmentVariable("DEEPVISION_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, text[..begin] + expected + text[end..]);
            return;
        }

        Assert.True(
            expected == text[begin..end],
            $"{document} says other things of the presets than the code. Run this test with DEEPVISION_UPDATE_DOCS=1 and review the change.");
    }

    /// <summary>The names, by task.</summary>
    private static string Names()
    {
        var text = new StringBuilder("| task | presets |\n|---|---|\n");
        foreach (IGrouping<string, (ModelPreset Preset, VisionModel Model)> task in All().GroupBy(item => TaskOf(item.Model)))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {task.Key} ({task.Count()}) | {string.Join(", ", task.Select(item => $"`{item.Preset.Name}`"))} |\n");
        }

        return text.ToString();
    }

    /// <summary>Each preset with its size and what its publisher states of its weights.</summary>
    private static string Figures()
    {
        var text = new StringBuilder("| preset | what it is | input | parameters, M | multiply-adds, G | published weights |\n|---|---|---|---|---|---|\n");
        foreach ((ModelPreset preset, VisionModel model) in All())
        {
            ImageSize size = SizeOf(model.Preprocessing);
            ModelCost cost = ModelCost.Of(model, size.Height, size.Width);
            string weights = string.Join("; ", WeightCatalog.Of(preset.Name).Select(entry =>
                $"{entry.Name}: {string.Join(", ", entry.Figures.Select(figure => FormattableString.Invariant($"{figure.Key} {figure.Value}")))}"));
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{preset.Name}` | {preset.Description} | {size.Height} x {size.Width} | {cost.Parameters / 1e6:0.00} | {cost.MultiplyAdds / 1e9:0.00} | {weights} |\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(ModelPreset Preset, VisionModel Model)> All()
    {
        foreach (ModelPreset preset in ModelPresets.All)
        {
            using VisionModel model = preset.CreateBuilder().Build();
            yield return (preset, model);
        }
    }

    private static string TaskOf(VisionModel model) => model.Task.Describe().Split(' ')[0];

    private static ImageSize SizeOf(ImagePreprocessing preprocessing) =>
        preprocessing.CenterCrop
        ?? (preprocessing.Resize.Kind is ResizeKind.Exact or ResizeKind.Letterbox
            ? preprocessing.Resize.Size
            : ImageSize.Square(preprocessing.Resize.Kind == ResizeKind.None ? AnySide : preprocessing.Resize.MinSide));
}
