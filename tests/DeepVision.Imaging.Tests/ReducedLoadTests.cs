using DeepVision.Imaging.Drawing;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Imaging.Tests;

public sealed class ReducedLoadTests
{
    // The limits that reduced decoding is chosen by, in gray levels.
    private const double LargestMean = 0.5;
    private const double Largest999 = 4;

    // Odd sides, so that the last row and column stand for fewer pixels than the others.
    private const int Width = 397;
    private const int Height = 301;

    // In gray levels, so that differences can be read.
    private static readonly ImagePreprocessing s_small = new() { Resize = ResizeRule.ShortestSide(32), Scale = PixelScale.Bytes };

    public static TheoryData<int, int> Cases
    {
        get
        {
            var cases = new TheoryData<int, int> { { 1, 14 }, { 6, 14 }, { 3, 6 } };
            for (int orientation = 1; orientation <= 8; orientation++)
            {
                cases.Add(orientation, 32);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Load_ReducedFor_PreparesWithinTheLimits(int orientation, int side)
    {
        ImagePreprocessing preprocessing = s_small with { Resize = ResizeRule.ShortestSide(side) };
        byte[] file = Jpeg(orientation);
        RgbImage full = ImageFile.Load(file);

        RgbImage reduced = ImageFile.Load(file, new ImageLoadOptions { ReduceFor = preprocessing });

        int factor = side switch { 32 => 2, 14 => 4, _ => 8 };
        Assert.Equal(full.FullSize, reduced.FullSize);
        Assert.Equal(((full.Width + factor - 1) / factor, (full.Height + factor - 1) / factor), (reduced.Width, reduced.Height));
        float[] expected = preprocessing.Prepare(full).Tensor.Values.ToArray();
        float[] found = preprocessing.Prepare(reduced).Tensor.Values.ToArray();
        float[] differences = [.. expected.Zip(found, (a, b) => Math.Abs(a - b)).Order()];
        Assert.InRange(differences.Average(), 0, LargestMean);
        Assert.InRange(differences[(int)(0.999 * differences.Length)], 0, Largest999);
    }

    [Fact]
    public void Load_NotReducedFor_DecodesEveryPixel()
    {
        RgbImage image = ImageFile.Load(Jpeg(1));

        Assert.Equal((Width, Height), (image.Width, image.Height));
        Assert.Equal(new ImageSize(Width, Height), image.FullSize);
    }

    [Fact]
    public void Load_ReducedForWhatRefusesThePicture_ThrowsAsPlanningDoes()
    {
        ImagePreprocessing tight = s_small with { MaxPixels = 100 };
        string expected = Assert.Throws<InvalidOperationException>(() => tight.Plan(Width, Height)).Message;

        var exception = Assert.Throws<InvalidOperationException>(() => ImageFile.Load(Jpeg(1), new ImageLoadOptions { ReduceFor = tight }));

        Assert.Equal(expected, exception.Message);
        Assert.Contains(nameof(ImagePreprocessing.MaxPixels), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_PngReducedFor_DecodesEveryPixel()
    {
        using var file = new MemoryStream();
        ImageFile.Save(Waves(), file, ImageFormat.Png);

        Assert.Equal(Width, ImageFile.Load(file.ToArray(), new ImageLoadOptions { ReduceFor = s_small }).Width);
    }

    [Fact]
    public void DrawBoxes_OnReducedImage_Throws()
    {
        var image = new RgbImage(new PixelReduction(2, new ImageSize(8, 8)), new byte[3 * 4 * 4]);

        Assert.Throws<ArgumentException>(() => ImageDrawing.DrawBoxes(image, [new BoxAnnotation(1, 1, 6, 6, "box", 0)]));
    }

    [Fact]
    public void Classify_File_AnswersAsForTheImageAndTellsTheTimeOfLoading()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jpg");
        File.WriteAllBytes(path, Jpeg(6));
        try
        {
            using VisionModel model = VisionModel.FromPreset("cifar_resnet20").WithPreprocessing(s_small).InitializeWeights().Build();
            using CompiledModel compiled = model.CompileForCpu();

            Predictions<Classification> found = compiled.Classify(path);

            RgbImage image = ImageFile.Load(path, new ImageLoadOptions { ReduceFor = s_small });
            Assert.Equal(compiled.Classify(image).AsEnumerable(), found);
            Assert.Equal(["load", "preprocess", "network", "decode"], found.Timings.Select(timing => timing.Stage));
            Assert.Equal(new ImageSize(Height, Width), found.ImageSize);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Jpeg(int orientation)
    {
        using var file = new MemoryStream();
        ImageFile.Save(Waves(), file, ImageFormat.Jpeg);
        byte[] bytes = file.ToArray();

        // An EXIF segment of one entry (tag 0112, one short) behind the start of the image.
        byte[] segment =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0,
        ];
        return [.. bytes[..2], .. segment, .. bytes[2..]];
    }

    // Waves some twenty pixels long across the picture, in each channel another: a shift by a pixel changes the result by more than the limits.
    private static RgbImage Waves()
    {
        var image = new RgbImage(Width, Height);
        for (int y = 0; y < Height; y++)
        {
            Span<byte> row = image.Row(y);
            for (int x = 0; x < Width; x++)
            {
                row[3 * x] = (byte)(128 + (100 * Math.Sin((x / 9.0) + (y / 30.0))));
                row[(3 * x) + 1] = (byte)(128 + (100 * Math.Sin((y / 10.0) - (x / 50.0))));
                row[(3 * x) + 2] = (byte)(128 + (60 * Math.Sin((x + y) / 14.0)));
            }
        }

        return image;
    }
}
