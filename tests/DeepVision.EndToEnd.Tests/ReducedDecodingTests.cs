using DeepVision.Imaging;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Tests.Shared;
using Xunit.Abstractions;

namespace DeepVision.EndToEnd.Tests;

/// <summary>What reduced decoding changes on real photographs: the limits by which it is chosen hold.</summary>
public sealed class ReducedDecodingTests(ITestOutputHelper output)
{
    private const string Weights = "weights/imagenet-resnet50.pth";
    private const string Photographs = "images/imagenet-200";

    // The limits, in gray levels.
    private const double LargestMean = 0.5;
    private const double Largest999 = 4;

    [RealFilesFact(Photographs)]
    public void Prepare_PhotographsSharpToThePixel_StaysWithinTheLimits()
    {
        // As small as reduced decoding begins with each factor: 8 and 20 pixels of the file for each one.
        foreach (int ratio in new[] { 8, 12, 20 })
        {
            var differences = new List<float>();
            int reductions = 0;
            foreach (string file in Files())
            {
                ImageInfo info = ImageFile.ReadInfo(file);
                ImagePreprocessing preprocessing = new()
                {
                    Resize = ResizeRule.ShortestSide(Math.Min(info.Width, info.Height) / ratio),
                    Scale = PixelScale.Bytes,
                };
                RgbImage reduced = ImageFile.Load(file, new ImageLoadOptions { ReduceFor = preprocessing });
                reductions += reduced.Width < reduced.FullSize.Width ? 1 : 0;
                float[] found = preprocessing.Prepare(reduced).Tensor.Values.ToArray();
                float[] expected = preprocessing.Prepare(ImageFile.Load(file)).Tensor.Values.ToArray();
                differences.AddRange(expected.Zip(found, (a, b) => Math.Abs(a - b)));
            }

            // A file may hold inks, which are always decoded in full.
            Assert.InRange(reductions, 190, 200);
            Check($"{ratio} pixels each", differences);
        }
    }

    [RealFilesFact(Weights, Photographs)]
    public void Classify_PhotographsOfTwelveMegapixels_GivesTheSameBestClass()
    {
        if (!FullRun.IsAskedFor)
        {
            // One in ten unless all are asked for: each is written and read as a large file.
            output.WriteLine("20 of the 200 photographs; DEEPVISION_FULL=1 takes all.");
        }

        using VisionModel model = VisionModel.FromPreset("resnet50").LoadWeights(SharedData.PathOf(Weights)).Build();
        using CompiledModel classifier = model.CompileForCpu();
        var differing = new List<string>();
        int count = 0;
        foreach (string photograph in Files().Where((_, index) => FullRun.IsAskedFor || index % 10 == 0))
        {
            byte[] file = Enlarged(ImageFile.Load(photograph));
            RgbImage full = ImageFile.Load(file);
            RgbImage reduced = ImageFile.Load(file, new ImageLoadOptions { ReduceFor = classifier.Preprocessing });
            Assert.Equal((full.FullSize, (full.Width + 1) / 2), (reduced.FullSize, reduced.Width));

            ImagePreprocessing bytes = classifier.Preprocessing with { Scale = PixelScale.Bytes, Mean = default, Std = ChannelValues.All(1) };
            float[] found = bytes.Prepare(reduced).Tensor.Values.ToArray();
            float[] expected = bytes.Prepare(full).Tensor.Values.ToArray();
            Check(Path.GetFileName(photograph), [.. expected.Zip(found, (a, b) => Math.Abs(a - b))]);
            count++;
            if (classifier.Classify(full)[0].ClassIndex != classifier.Classify(reduced)[0].ClassIndex)
            {
                differing.Add(Path.GetFileName(photograph));
            }
        }

        output.WriteLine($"{count - differing.Count} of {count} the same.");
        Assert.Empty(differing);
    }

    private static IEnumerable<string> Files() =>
        Directory.GetFiles(SharedData.PathOf(Photographs), "*.JPEG").Order(StringComparer.Ordinal);

    private void Check(string what, List<float> differences)
    {
        differences.Sort();
        double mean = differences.Average();
        double high = differences[(int)(0.999 * differences.Count)];
        output.WriteLine(FormattableString.Invariant($"{what}: {mean:0.000} in the mean, {high} at the 99.9th percentile, at most {differences[^1]}."));
        Assert.InRange(mean, 0, LargestMean);
        Assert.InRange(high, 0, Largest999);
    }

    // 12 megapixels at JPEG quality 90.
    private static byte[] Enlarged(RgbImage photograph)
    {
        double factor = Math.Sqrt(12e6 / ((double)photograph.Width * photograph.Height));
        var size = new ImageSize((int)(photograph.Width * factor), (int)(photograph.Height * factor));
        ImagePreprocessing enlarging = new()
        {
            Resize = ResizeRule.Exact(size),
            Interpolation = Interpolation.BicubicAntialias,
            Scale = PixelScale.Bytes,
        };
        Span<float> planes = enlarging.Prepare(photograph).Tensor.Values;
        var large = new RgbImage(size.Width, size.Height);
        Span<byte> pixels = large.Pixels;
        int plane = planes.Length / 3;
        for (int i = 0; i < plane; i++)
        {
            pixels[3 * i] = (byte)planes[i];
            pixels[(3 * i) + 1] = (byte)planes[plane + i];
            pixels[(3 * i) + 2] = (byte)planes[(2 * plane) + i];
        }

        using var file = new MemoryStream();
        ImageFile.Save(large, file, ImageFormat.Jpeg, new ImageSaveOptions { Quality = 90 });
        return file.ToArray();
    }
}
