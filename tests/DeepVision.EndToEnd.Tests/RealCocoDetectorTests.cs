using System.Globalization;
using DeepVision.Backbones;
using DeepVision.Heads;
using DeepVision.Imaging;
using DeepVision.Metrics;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Tests.Shared;
using Xunit.Abstractions;

namespace DeepVision.EndToEnd.Tests;

/// <summary>Published detectors reach on the first 128 images of COCO's val2017 what they reach elsewhere on the same files.</summary>
public sealed class RealCocoDetectorTests(ITestOutputHelper output)
{
    private const string FastestDetWeights = "weights/coco-fastestdet.pth";
    private const string Images = "images/coco-val-128/images";
    private const string Labels = "images/coco-val-128/labels";

    // Boxes stay as the published code leaves them.
    [RealFilesFact(FastestDetWeights, Images, Labels)]
    public void Detect_FastestDet_ReachesItsPrecision()
    {
        using VisionModel model = VisionModel.FromPreset("fastestdet").LoadWeights(SharedData.PathOf(FastestDetWeights)).Build();

        CocoSummary summary = Evaluate(model);

        Assert.InRange(summary.AveragePrecision, 0.190 - 0.005, 0.190 + 0.005);
        Assert.InRange(summary.AveragePrecision50, 0.357 - 0.01, 0.357 + 0.01);
    }

    // PyTorch 1.13 on the same files, with boxes cut to the image, reaches 0.2068 and 0.3600.
    [RealFilesFact(FastestDetWeights, Images, Labels)]
    public void Detect_FastestDetClippedToTheImage_ReachesItsPrecision()
    {
        using VisionModel model = VisionModel.Create()
            .UseShuffleNetV2(ShuffleNetV2Spec.FastestDet)
            .UseFastestDetNeck()
            .UseFastestDet(new FastestDetHeadSpec { Classes = 80, Decoding = new FastestDetDecoderOptions { ClipToImage = true } })
            .LoadWeights(SharedData.PathOf(FastestDetWeights))
            .Build();

        CocoSummary summary = Evaluate(model);

        Assert.InRange(summary.AveragePrecision, 0.2068 - 0.005, 0.2068 + 0.005);
        Assert.InRange(summary.AveragePrecision50, 0.3600 - 0.01, 0.3600 + 0.01);
    }

    private CocoSummary Evaluate(VisionModel model)
    {
        using CompiledModel detector = model.CompileForCpu();
        var precision = new CocoAveragePrecision();
        foreach (string file in Directory.GetFiles(SharedData.PathOf(Images), "*.jpg").Order(StringComparer.Ordinal))
        {
            RgbImage image = ImageFile.Load(file);
            PredictedBox[] found = [.. detector.Detect(image).Select(box => new PredictedBox(box.Box, box.ClassIndex, box.Score))];
            precision.Add(new DetectionSample(precision.ImageCount, ReadTruth(file, image), found));
        }

        Assert.Equal(128, precision.ImageCount);
        CocoSummary summary = precision.Evaluate();
        output.WriteLine(summary.ToString());
        return summary;
    }

    // Lines of class, center x and y, width and height in shares of the image; images without objects have no file.
    private static GroundTruthBox[] ReadTruth(string image, RgbImage pixels)
    {
        string path = Path.Combine(SharedData.PathOf(Labels), Path.GetFileNameWithoutExtension(image) + ".txt");
        return !File.Exists(path) ? [] : [.. File.ReadLines(path).Where(line => line.Length > 0).Select(Parse)];

        GroundTruthBox Parse(string line)
        {
            float[] numbers = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => float.Parse(text, CultureInfo.InvariantCulture))];
            (float x, float y, float width, float height) =
                (numbers[1] * pixels.Width, numbers[2] * pixels.Height, numbers[3] * pixels.Width, numbers[4] * pixels.Height);
            return new GroundTruthBox(new Box(x - (width / 2), y - (height / 2), x + (width / 2), y + (height / 2)), (int)numbers[0]);
        }
    }
}
