using DeepVision.Models;
using DeepVision.Prediction;

namespace DeepVision.FashionScenes.Tests;

public sealed class ShippedClassifierTests
{
    // 94.14 % of all 5,000 validation articles are right; 500 of them may differ by two standard deviations.
    private const double LeastAccuracy = 0.92;

    [FashionDataFact]
    public void Classify_ValidationArticles_AgreesWithTheFigureInItsReadme()
    {
        FashionArticles articles = FashionArticles.Load(FashionSplit.Validation);
        using VisionModel model = VisionModel.FromManifest(Path.Combine(AppContext.BaseDirectory, "models", "fashion-resnet20")).Build();
        using CompiledModel classifier = model.CompileForCpu();
        int[] chosen = [.. Enumerable.Range(0, 500)];

        var answers = classifier.Classify([.. chosen.Select(articles.GetImage)]);

        int right = chosen.Count(i => answers[i][0].ClassIndex == articles.GetLabel(i));
        Assert.InRange(right / 500.0, LeastAccuracy, 1);
    }
}
