using DeepVision.Metrics;

namespace DeepVision.Tests.Metrics;

public sealed class ClassificationMetricTests
{
    [Fact]
    public void TopK_FewSamples_CountsRanks()
    {
        var metric = new TopKAccuracy(6);
        metric.Add([6, 5, 4, 3, 2, 1], 0); // rank 1
        metric.Add([6, 5, 4, 3, 2, 1], 4); // rank 5
        metric.Add([6, 5, 4, 3, 2, 1], 5); // rank 6
        metric.Add([1, 9, 1, 1, 1, float.NegativeInfinity], 2); // rank 3: class 0 is equal and comes first

        Assert.Equal(4, metric.Count);
        Assert.Equal((0.25, 0.75), (metric.Top1, metric.Top5));
        Assert.Equal((0.75, 0.25), (metric.Top1Error, metric.Top5Error));
        Assert.Equal((1L, 2L, 4L), (metric.Correct(2), metric.Correct(3), metric.Correct(100)));
    }

    [Fact]
    public void TopK_EqualScores_LowerClassRanksFirst()
    {
        var metric = new TopKAccuracy(2);
        metric.Add([1, 1], 0);
        metric.Add([1, 1], 1);

        Assert.Equal((0.5, 1.0), (metric.Top1, metric.Top5));
    }

    [Fact]
    public void TopK_BadInput_Throws()
    {
        var metric = new TopKAccuracy(3);

        Assert.Throws<ArgumentOutOfRangeException>(() => new TopKAccuracy(0));
        Assert.Throws<ArgumentException>(() => metric.Add([1, 2], 0));
        Assert.Throws<ArgumentException>(() => metric.Add([1, float.NaN, 2], 0));
        Assert.Throws<ArgumentException>(() => metric.Add([1, float.NaN, 2], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => metric.Add([1, 2, 3], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => metric.Correct(0));
        Assert.Throws<InvalidOperationException>(() => metric.Top1);
    }

    [Fact]
    public void Confusion_SixSamples_GivesRatios()
    {
        // Actual 0: two as 0, one as 1. Actual 1: two as 1. Actual 2: one as 1. Nothing is predicted as 2.
        ConfusionMatrix matrix = Fill();

        Assert.Equal((2L, 1L, 0L), (matrix[0, 0], matrix[0, 1], matrix[2, 2]));
        Assert.Equal(4 / 6.0, matrix.Accuracy, 12);
        Assert.Equal((1.0, 0.5, 0.0), (matrix.Precision(0), matrix.Precision(1), matrix.Precision(2)));
        Assert.Equal((2 / 3.0, 1.0, 0.0), (matrix.Recall(0), matrix.Recall(1), matrix.Recall(2)));
        Assert.Equal(0.8, matrix.F1(0), 12); // 2 * 1 * 2/3 / (1 + 2/3)
        Assert.Equal(2 / 3.0, matrix.F1(1), 12); // 2 * 1/2 * 1 / (1/2 + 1)
        Assert.Equal((0.8 + (2 / 3.0) + 0) / 3, matrix.MacroF1, 12);
    }

    [Fact]
    public void Confusion_Normalized_DividesByTheChosenSum()
    {
        ConfusionMatrix matrix = Fill();

        Assert.Equal(1 / 3.0, matrix.Normalized()[0, 1], 12);
        Assert.Equal(0.25, matrix.Normalized(ConfusionNormalization.ByPredicted)[0, 1], 12);
        Assert.Equal(1 / 6.0, matrix.Normalized(ConfusionNormalization.ByTotal)[0, 1], 12);
        Assert.Equal(0.0, matrix.Normalized(ConfusionNormalization.ByPredicted)[2, 2]);
    }

    [Fact]
    public void Confusion_ToString_PrintsATable()
    {
        string expected =
            "actual 0 1 2  precision  recall      f1\n" +
            "cat    2 1 0     1.0000  0.6667  0.8000\n" +
            "dog    0 2 0     0.5000  1.0000  0.6667\n" +
            "fox    0 1 0     0.0000  0.0000  0.0000\n";

        Assert.Equal(expected, Fill().ToString());
    }

    [Fact]
    public void Confusion_BadInput_Throws()
    {
        var matrix = new ConfusionMatrix(2);

        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(0));
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix([]));
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix([null!]));
        Assert.Throws<ArgumentNullException>(() => new ConfusionMatrix(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Recall(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Normalized((ConfusionNormalization)9));
        Assert.Throws<InvalidOperationException>(() => matrix.Accuracy);
        Assert.Throws<InvalidOperationException>(() => matrix.MacroF1);
    }

    private static ConfusionMatrix Fill()
    {
        var matrix = new ConfusionMatrix(["cat", "dog", "fox"]);
        foreach ((int actual, int predicted) in new[] { (0, 0), (0, 0), (0, 1), (1, 1), (1, 1), (2, 1) })
        {
            matrix.Add(actual, predicted);
        }

        return matrix;
    }
}
