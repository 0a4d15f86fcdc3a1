using DeepVision.Metrics;
using DeepVision.Prediction;
using DeepVision.Tensors;

namespace DeepVision.Tests.Metrics;

public sealed class SegmentationAccuracyTests
{
    [Fact]
    public void MeanIoU_OfTwoImages_CountsAllPixelsTogether()
    {
        var metric = new SegmentationAccuracy(3);
        metric.Add(new Segmentation(new ImageSize(2, 2), new ushort[] { 0, 1, 1, 0 }, ["a", "b", "c"]), [0, 1, 0, 0]);
        metric.Add([1, 1], [1, 0]);

        // a: 2 right of 4 true and 2 found; b: 2 right of 2 true and 4 found; c never.
        Assert.Equal(6, metric.Count);
        Assert.Equal(4.0 / 6, metric.PixelAccuracy, 12);
        Assert.Equal(0.5, metric.IoU(0), 12);
        Assert.Equal(0.5, metric.IoU(1), 12);
        Assert.Equal(double.NaN, metric.IoU(2));
        Assert.Equal(0.5, metric.MeanIoU, 12);
    }

    [Fact]
    public void Add_OfClassFoundWhereNoneIs_LowersTheMean()
    {
        var metric = new SegmentationAccuracy(3);

        metric.Add([0, 0, 2], [0, 0, 0]);

        Assert.Equal(((2.0 / 3) + 0) / 2, metric.MeanIoU, 12);
    }

    [Fact]
    public void Add_OfIgnoredPixels_DoesNotCountThem()
    {
        var metric = new SegmentationAccuracy(2);
        var strict = new SegmentationAccuracy(2) { Ignored = null };

        metric.Add([0, 1, 1], [0, 255, 1]);

        Assert.Equal((2, 1.0, 1.0), (metric.Count, metric.PixelAccuracy, metric.MeanIoU));
        Assert.Throws<ArgumentException>(() => strict.Add([0, 1, 1], [0, 255, 1]));
    }

    [Fact]
    public void Add_OfBadPixels_SaysWhichAndAddsNothing()
    {
        var metric = new SegmentationAccuracy(2);

        Assert.Contains("Pixel 1 has class 2", Assert.Throws<ArgumentException>(() => metric.Add([0, 2], [0, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("found 1", Assert.Throws<ArgumentException>(() => metric.Add([0], [0, 1])).Message, StringComparison.Ordinal);
        Assert.Equal(0, metric.Count);
        Assert.Throws<InvalidOperationException>(() => metric.MeanIoU);
        Assert.Throws<InvalidOperationException>(() => metric.PixelAccuracy);
        Assert.Throws<ArgumentOutOfRangeException>(() => metric.IoU(2));
    }
}
