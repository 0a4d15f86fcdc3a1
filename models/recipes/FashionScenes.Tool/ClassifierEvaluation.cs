using DeepVision.Metrics;
using DeepVision.Prediction;

namespace DeepVision.FashionScenes.Tool;

/// <summary>Measures a classifier on the articles of a split.</summary>
internal static class ClassifierEvaluation
{
    private const int Batch = 100;

    public static void Run(CompiledModel model, FashionArticles articles, int count, TextWriter output)
    {
        int classes = FashionArticles.Classes.Count;
        var accuracy = new TopKAccuracy(classes);
        var confusion = new ConfusionMatrix(FashionArticles.Classes);
        var options = new PredictionOptions { Top = classes, MaxBatch = Batch };
        var scores = new float[classes];
        foreach (int[] batch in Enumerable.Range(0, Math.Min(count, articles.Count)).Chunk(Batch))
        {
            var answers = model.Classify([.. batch.Select(articles.GetImage)], options);
            for (int i = 0; i < batch.Length; i++)
            {
                foreach (var answer in answers[i])
                {
                    scores[answer.ClassIndex] = answer.Probability;
                }

                int label = articles.GetLabel(batch[i]);
                accuracy.Add(scores, label);
                confusion.Add(label, answers[i][0].ClassIndex);
            }
        }

        output.WriteLine(FormattableString.Invariant(
            $"{accuracy.Count} articles: top-1 {100 * accuracy.Top1:F2} %, top-5 {100 * accuracy.Top5:F2} %"));
        for (int c = 0; c < classes; c++)
        {
            output.WriteLine(FormattableString.Invariant(
                $"{FashionArticles.Classes[c],-12} precision {confusion.Precision(c):F3} recall {confusion.Recall(c):F3}"));
        }
    }
}
