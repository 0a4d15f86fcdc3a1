using DeepVision.Imaging.Drawing;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Imaging.Tests.Drawing;

public sealed class SegmentationDrawingTests
{
    private static readonly string[] Labels = ["background", "cat", "dog"];

    private static readonly SegmentationDrawingOptions WithoutLegend = new() { LegendShare = 2 };

    [Fact]
    public void DrawSegmentation_Opaque_ShowsTheClassesColors()
    {
        var image = new RgbImage(3, 1, [1, 2, 3, 4, 5, 6, 7, 8, 9]);

        image.DrawSegmentation(Segments(image, 1, 0, 2), WithoutLegend with { Opacity = 1 });

        Assert.Equal([ClassColors.ForIndex(1), new RgbColor(4, 5, 6), ClassColors.ForIndex(2)], Colors(image));
    }

    [Fact]
    public void DrawSegmentation_HalfOpaque_IsTheMean()
    {
        var image = new RgbImage(1, 1, [100, 200, 50]);
        RgbColor over = ClassColors.ForIndex(2);

        image.DrawSegmentation(Segments(image, 2), WithoutLegend with { Opacity = 0.5f });

        byte[] expected = [Mean(100, over.Red), Mean(200, over.Green), Mean(50, over.Blue)];
        Assert.Equal(expected, image.Pixels.ToArray());

        static byte Mean(int under, byte over) => (byte)(under + (0.5f * (over - under)) + 0.5f);
    }

    [Fact]
    public void DrawSegmentation_OtherBackground_LeavesThatOne()
    {
        var image = new RgbImage(2, 1);

        image.DrawSegmentation(Segments(image, 0, 1), WithoutLegend with { Opacity = 1, Background = 1 });

        Assert.Equal([ClassColors.ForIndex(0), RgbColor.Black], Colors(image));
        image.DrawSegmentation(Segments(image, 0, 1), WithoutLegend with { Opacity = 1, Background = null });
        Assert.Equal([ClassColors.ForIndex(0), ClassColors.ForIndex(1)], Colors(image));
    }

    [Fact]
    public void DrawSegmentation_Legend_ListsTheLargestClassOnTop()
    {
        var image = new RgbImage(200, 60);
        ushort[] classes = [.. Enumerable.Range(0, 200 * 60).Select(i => (ushort)(i < 3000 ? 2 : i < 5000 ? 1 : 0))];

        image.DrawSegmentation(new Segmentation(new ImageSize(200, 60), classes, Labels), new SegmentationDrawingOptions { Opacity = 0, TextScale = 1 });

        // Two labels of eleven rows at the bottom, on their colors; nothing else is drawn.
        Assert.Equal(ClassColors.ForIndex(2), At(image, 0, 60 - 22));
        Assert.Equal(ClassColors.ForIndex(1), At(image, 0, 60 - 11));
        Assert.Equal(RgbColor.Black, At(image, 0, 60 - 23));
        Assert.Equal(RgbColor.Black, At(image, 199, 59));
    }

    [Fact]
    public void DrawSegmentation_ClassesTooSmallForTheLegend_AreLeftOut()
    {
        var image = new RgbImage(100, 40);
        var classes = new ushort[4000];
        classes[0] = 1;

        image.DrawSegmentation(
            new Segmentation(new ImageSize(100, 40), classes, Labels), new SegmentationDrawingOptions { Opacity = 0, LegendShare = 0.001f });

        Assert.All(image.Pixels.ToArray(), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 400)]
    [InlineData(400, 3)]
    public void DrawSegmentation_AnySize_StaysOnTheImage(int width, int height)
    {
        var image = new RgbImage(width, height);
        ushort[] classes = [.. Enumerable.Range(0, width * height).Select(i => (ushort)(i % 3))];

        image.DrawSegmentation(new Segmentation(new ImageSize(width, height), classes, Labels), new SegmentationDrawingOptions { TextScale = 256 });

        Assert.Equal((width, height), (image.Width, image.Height));
    }

    [Fact]
    public void DrawSegmentation_ImageOfAnotherSize_Throws()
    {
        Segmentation segmentation = Segments(new RgbImage(2, 1), 0, 1);

        ArgumentException error = Assert.Throws<ArgumentException>(() => new RgbImage(2, 2).DrawSegmentation(segmentation));

        Assert.Contains("for an image of 2 x 1; this one has 2 x 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SegmentationDrawingOptions { Opacity = 1.1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SegmentationDrawingOptions { Opacity = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SegmentationDrawingOptions { LegendShare = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SegmentationDrawingOptions { TextScale = 0 });
    }

    private static Segmentation Segments(RgbImage image, params ushort[] classes) => new(new ImageSize(image.Width, image.Height), classes, Labels);

    private static RgbColor[] Colors(RgbImage image) => [.. Enumerable.Range(0, image.Width).Select(x => At(image, x, 0))];

    private static RgbColor At(RgbImage image, int x, int y)
    {
        Span<byte> pixel = image.Row(y).Slice(3 * x, 3);
        return new RgbColor(pixel[0], pixel[1], pixel[2]);
    }
}
