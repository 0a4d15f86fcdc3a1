using DeepVision.Metrics;
using DeepVision.Prediction;
using DeepVision.Tensors;

namespace DeepVision.FashionScenes.Tool;

/// <summary>Measures a detector on the scenes of a split, by the COCO metric; articles under 30 % visible are ignored.</summary>
internal static class DetectorEvaluation
{
    public static void Run(CompiledModel model, SceneGenerator scenes, int count, TextWriter output)
    {
        var metric = new CocoAveragePrecision();
        for (int i = 0; i < count; i++)
        {
            Scene scene = scenes.Render(i);
            Predictions<Detection> found = model.Detect(scene.Image);
            metric.Add(new DetectionSample(
                i,
                [.. scene.Objects.Select(thing => new GroundTruthBox(BoxOf(thing), thing.Label) { Ignore = thing.Ignored })],
                [.. found.Select(detection => new PredictedBox(detection.Box, detection.ClassIndex, detection.Score))]));
        }

        CocoSummary summary = metric.Evaluate();
        output.WriteLine(FormattableString.Invariant(
            $"{metric.ImageCount} scenes: AP50 {summary.AveragePrecision50:F4}, AP {summary.AveragePrecision:F4}, AP75 {summary.AveragePrecision75:F4}"));
        foreach (CocoClassSummary figures in summary.Classes)
        {
            output.WriteLine(FormattableString.Invariant(
                $"{FashionArticles.Classes[figures.ClassIndex],-12} AP50 {figures.AveragePrecision50:F3} AP {figures.AveragePrecision:F3} of {figures.GroundTruthCount} articles"));
        }
    }

    private static Box BoxOf(SceneObject thing) => new(thing.Left, thing.Top, thing.Right, thing.Bottom);
}
