using DeepVision.Imaging;
using DeepVision.Imaging.Drawing;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace DeepVision.ImageSharp.Tests;

public sealed class ResultDrawingTests
{
    private static readonly Detection[] s_detections = [new(new Box(8, 12, 40, 40), 1, "dog", 0.9f)];

    [Fact]
    public void DrawDetections_EveryPixelFormat_DrawsAsOnRgb()
    {
        RgbImage expected = Pictures.Rgb(64, 48);
        expected.DrawDetections(s_detections);
        using Image<Rgb24> rgb = Pictures.Rgb(64, 48).ToImage<Rgb24>();
        using Image<Bgra32> bgra = Pictures.Rgb(64, 48).ToImage<Bgra32>();
        RgbImage shared = Pictures.Rgb(64, 48);

        rgb.DrawDetections(s_detections);
        bgra.DrawDetections(s_detections);
        shared.AsImage().DrawDetections(s_detections);

        Assert.True(expected.Pixels.SequenceEqual(rgb.ToRgbImage().Pixels));
        Assert.True(expected.Pixels.SequenceEqual(bgra.ToRgbImage().Pixels));
        Assert.True(expected.Pixels.SequenceEqual(shared.Pixels));
    }

    [Fact]
    public void DrawDetections_PixelsBesideTheBox_KeepEveryBitAndAlpha()
    {
        var deep = new Rgba64(0x1234, 0x5678, 0x9ABC, 0x0101);
        using Image<Rgba64> image = new(64, 48, deep);

        image.DrawDetections(s_detections);

        Assert.Equal(deep, image[60, 44]);
        Assert.Equal(ushort.MaxValue, image[8, 30].A);
    }

    [Fact]
    public void DrawSegmentation_OnAnImage_DrawsAsOnRgb()
    {
        ushort[] classes = [.. Enumerable.Range(0, 64 * 48).Select(i => (ushort)(i % 64 < 30 ? 0 : 1))];
        var segmentation = new Segmentation(new ImageSize(64, 48), classes, ["ground", "cat"]);
        RgbImage expected = Pictures.Rgb(64, 48);
        expected.DrawSegmentation(segmentation);
        using Image<Rgba32> image = Pictures.Rgb(64, 48).ToImage<Rgba32>();

        image.DrawSegmentation(segmentation);

        Assert.True(expected.Pixels.SequenceEqual(image.ToRgbImage().Pixels));
        using Image<Rgba32> other = new(5, 5);
        Assert.Throws<ArgumentException>(() => other.DrawSegmentation(segmentation));
    }

    [Fact]
    public void DrawCaption_OnAnImage_DrawsAsOnRgb()
    {
        RgbImage expected = Pictures.Rgb(64, 48);
        ImageDrawing.DrawCaption(expected, "cat 0.9");
        using Image<Rgb24> image = Pictures.Rgb(64, 48).ToImage<Rgb24>();

        image.DrawCaption("cat 0.9");

        Assert.True(expected.Pixels.SequenceEqual(image.ToRgbImage().Pixels));
    }
}
