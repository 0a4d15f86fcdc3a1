using DeepVision.Preprocessing;
using DeepVision.Visualization;

namespace DeepVision.Imaging.Tests.Drawing;

public sealed class ActivationMapDrawingTests
{
    [Fact]
    public void DrawActivationMap_Opaque_IsBlueWhereColdAndRedWhereHot()
    {
        var image = new RgbImage(4, 1);

        image.DrawActivationMap(Map([0, 1], image), opacity: 1);

        Assert.Equal([0, 0, 128], image.Pixels[..3].ToArray());
        Assert.Equal([224, 0, 0], image.Pixels[9..].ToArray());
    }

    [Fact]
    public void DrawActivationMap_NoOpacity_LeavesTheImage()
    {
        byte[] pixels = [10, 20, 30, 200, 100, 50];
        var image = new RgbImage(2, 1, (byte[])pixels.Clone());

        image.DrawActivationMap(Map([0, 1], image), opacity: 0);

        Assert.Equal(pixels, image.Pixels.ToArray());
    }

    [Fact]
    public void DrawActivationMap_ImageOfAnotherSize_Throws()
    {
        ActivationMap map = Map([1], new RgbImage(4, 4));

        ArgumentException error = Assert.Throws<ArgumentException>(() => new RgbImage(4, 5).DrawActivationMap(map));

        Assert.Contains("for an image of 4 x 4; this one has 4 x 5", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void DrawActivationMap_OpacityOutOfRange_Throws(float opacity)
    {
        var image = new RgbImage(2, 2);

        Assert.Throws<ArgumentOutOfRangeException>(() => image.DrawActivationMap(Map([1], image), opacity));
    }

    private static ActivationMap Map(float[] scores, RgbImage image) =>
        new(scores, scores.Length, 1, new ImagePreprocessing().Plan(image.Width, image.Height));
}
