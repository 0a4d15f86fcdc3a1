using DeepVision.Components;
using DeepVision.Heads;
using DeepVision.Preprocessing;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Training.Losses;

public sealed class ClassificationLossTests
{
    private static readonly float[] s_logits = [1f, -2f, 0.5f, 3f, 0f, -1f];
    private static readonly int[] s_classes = [2, 0];

    [TorchTheory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.1, 1.0)]
    [InlineData(0.1, 2.5)]
    public void Compute_SmoothingAndTemperature_IsTheCrossEntropyByHand(double smoothing, double temperature)
    {
        double expected = 0;
        for (int row = 0; row < 2; row++)
        {
            double[] scaled = [.. s_logits.AsSpan(3 * row, 3).ToArray().Select(logit => logit / temperature)];
            double logSum = Math.Log(scaled.Sum(Math.Exp));
            for (int c = 0; c < 3; c++)
            {
                double wanted = (smoothing / 3) + (c == s_classes[row] ? 1 - smoothing : 0);
                expected += wanted * (logSum - scaled[c]) / 2;
            }
        }

        var loss = new ClassificationLoss(Task(), new ClassificationLossOptions { LabelSmoothing = smoothing, Temperature = temperature });
        using TrainingBatch<ClassificationExample> batch = Batch(s_classes);
        using Tensor logits = tensor(s_logits, [2, 3]);
        using LossValues values = loss.Compute(new Dictionary<string, Tensor> { ["logits"] = logits }, batch);
        Assert.Equal(expected, values.Total.item<float>(), 5);
    }

    [TorchFact]
    public void Compute_ClassBeyondTheModels_IsAnError()
    {
        using TrainingBatch<ClassificationExample> batch = Batch([0, 3]);
        using Tensor logits = tensor(s_logits, [2, 3]);
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => new ClassificationLoss(Task()).Compute(new Dictionary<string, Tensor> { ["logits"] = logits }, batch));
        Assert.Contains("Example 1 of the batch is of class 3; the model has 3 classes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void LabelSmoothing_OutOfRange_IsAnError(double smoothing) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassificationLossOptions { LabelSmoothing = smoothing });

    [Fact]
    public void Catalog_TaskWithoutALoss_SaysWhatThereIs()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => TrainingLossCatalog.Default.Create<ClassificationExample>(new FeatureTask()));
        Assert.Contains("ClassificationTask with ClassificationExample, RetinaNetTask with DetectionExample", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalog_OwnLoss_IsTakenForItsTask()
    {
        TrainingLossCatalog catalog = TrainingLossCatalog.Default.With<FeatureTask, ClassificationExample>(_ => new OwnLoss());
        Assert.IsType<OwnLoss>(catalog.Create<ClassificationExample>(new FeatureTask()));
        Assert.IsType<ClassificationLoss>(catalog.Create<ClassificationExample>(Task()));
    }

    private static ClassificationTask Task() => new(["a", "b", "c"]);

    private static TrainingBatch<ClassificationExample> Batch(int[] classes) =>
        new(zeros(classes.Length, 3, 1, 1), [.. classes.Select(index => new ClassificationExample(new RgbImage(1, 1), index))]);

    private sealed class OwnLoss : ITrainingLoss<ClassificationExample>
    {
        public LossValues Compute(IReadOnlyDictionary<string, Tensor> outputs, TrainingBatch<ClassificationExample> batch) => new("none", zeros(1));
    }
}
