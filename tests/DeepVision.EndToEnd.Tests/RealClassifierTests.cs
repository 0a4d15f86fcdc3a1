using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using DeepVision.Imaging;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Tests.Shared;
using Xunit.Abstractions;

namespace DeepVision.EndToEnd.Tests;

/// <summary>Files in, classes out: published weights on real photographs reach the accuracy that they reach in PyTorch.</summary>
public sealed class RealClassifierTests(ITestOutputHelper output)
{
    private const string ResNetWeights = "weights/imagenet-resnet50.pth";
    private const string ResNetReference = "reference/imagenet-resnet50.json";
    private const string SqueezeNetWeights = "weights/imagenet-squeezenet1_1.pth";
    private const string SqueezeNetReference = "reference/imagenet-squeezenet1_1.json";
    private const string ImageNetLabels = "images/imagenet-200.labels.json";
    private const string ImageNetImages = "images/imagenet-200";
    private const string CifarWeights = "weights/cifar10-resnet20.th";
    private const string CifarPng = "images/cifar10-png";
    private const string CifarJpeg = "images/cifar10-test-jpeg.zip";

    // What PyTorch reaches on the same files (data/reference, and the shared data's description).
    private const int ResNetCorrect = 189;
    private const int ResNetCorrectInFive = 199;
    private const int SqueezeNetCorrect = 128;
    private const int SqueezeNetCorrectInFive = 181;
    private const int CifarJpegCorrect = 8103;

    // Rounding may turn a photograph whose two best classes are nearly equal.
    private const int ResNetSlack = 1;
    private const int SqueezeNetSlack = 2;
    private const int CifarSlack = 10;
    private const int ImageNetAgreement = 199;

    [RealFilesFact(ResNetWeights, ResNetReference, ImageNetLabels, ImageNetImages)]
    public void Classify_ResNet50OnPhotographs_AgreesWithPyTorch()
    {
        (int correct, int inFive, int agreeing) = ClassifyPhotographs("resnet50", ResNetWeights, ResNetReference);

        Assert.InRange(correct, ResNetCorrect - ResNetSlack, ResNetCorrect + ResNetSlack);
        Assert.InRange(inFive, ResNetCorrectInFive - ResNetSlack, 200);
        Assert.InRange(agreeing, ImageNetAgreement, 200);
    }

    [RealFilesFact(SqueezeNetWeights, SqueezeNetReference, ImageNetLabels, ImageNetImages)]
    public void Classify_SqueezeNetOnPhotographs_AgreesWithPyTorch()
    {
        (int correct, int inFive, int agreeing) = ClassifyPhotographs("squeezenet1_1", SqueezeNetWeights, SqueezeNetReference);

        Assert.InRange(correct, SqueezeNetCorrect - SqueezeNetSlack, SqueezeNetCorrect + SqueezeNetSlack);
        Assert.InRange(inFive, SqueezeNetCorrectInFive - SqueezeNetSlack, SqueezeNetCorrectInFive + SqueezeNetSlack);
        Assert.InRange(agreeing, ImageNetAgreement, 200);
    }

    [RealFilesFact(CifarWeights, CifarPng)]
    public void Classify_CifarResNet20OnPng_IsAlwaysRight()
    {
        using VisionModel model = VisionModel.FromPreset("cifar_resnet20").LoadWeights(SharedData.PathOf(CifarWeights)).Build();
        using CompiledModel classifier = model.CompileForCpu();
        string[] files = Directory.GetFiles(SharedData.PathOf(CifarPng), "*.png");
        Assert.Equal(20, files.Length);

        foreach (string file in files)
        {
            string name = Path.GetFileNameWithoutExtension(file);
            int expected = int.Parse(name[(name.LastIndexOf('_') + 1)..], CultureInfo.InvariantCulture);
            Assert.True(expected == classifier.Classify(ImageFile.Load(file))[0].ClassIndex, name);
        }
    }

    [RealFilesFact(CifarWeights, CifarJpeg)]
    public void Classify_CifarResNet20OnJpeg_ReachesPyTorchsAccuracy()
    {
        using VisionModel model = VisionModel.FromPreset("cifar_resnet20").LoadWeights(SharedData.PathOf(CifarWeights)).Build();
        using CompiledModel classifier = model.CompileForCpu();
        using ZipArchive archive = ZipFile.OpenRead(SharedData.PathOf(CifarJpeg));
        int correct = 0;
        int count = 0;
        foreach (ZipArchiveEntry[] chunk in archive.Entries.Where(entry => entry.Name.Length > 0).Chunk(500))
        {
            IReadOnlyList<Predictions<Classification>> found = classifier.Classify([.. chunk.Select(Load)], new PredictionOptions { MaxBatch = 50 });
            correct += chunk.Zip(found).Count(pair => pair.First.FullName.Split('/')[1] == pair.Second[0].Label);
            count += chunk.Length;
        }

        output.WriteLine($"{correct} of {count} right.");
        Assert.Equal(10_000, count);
        Assert.InRange(correct, CifarJpegCorrect - CifarSlack, CifarJpegCorrect + CifarSlack);
    }

    private (int Correct, int InFive, int Agreeing) ClassifyPhotographs(string preset, string weights, string referencePath)
    {
        using VisionModel model = VisionModel.FromPreset(preset).LoadWeights(SharedData.PathOf(weights)).Build();
        using CompiledModel classifier = model.CompileForCpu();
        JsonElement reference = ReadJson(referencePath).GetProperty("images");
        int correct = 0;
        int inFive = 0;
        int agreeing = 0;
        int count = 0;
        foreach (JsonProperty entry in ReadJson(ImageNetLabels).EnumerateObject())
        {
            RgbImage image = ImageFile.Load(Path.Combine(SharedData.PathOf(ImageNetImages), entry.Name));
            int[] best = [.. classifier.Classify(image, new PredictionOptions { Top = 5 }).Select(found => found.ClassIndex)];
            correct += best[0] == entry.Value.GetInt32() ? 1 : 0;
            inFive += best.Contains(entry.Value.GetInt32()) ? 1 : 0;
            agreeing += best[0] == reference.GetProperty(entry.Name).GetProperty("top5")[0].GetInt32() ? 1 : 0;
            count++;
        }

        output.WriteLine($"{preset}: {correct} of {count} right, {inFive} within five, {agreeing} as PyTorch.");
        Assert.Equal(200, count);
        return (correct, inFive, agreeing);
    }

    private static RgbImage Load(ZipArchiveEntry entry)
    {
        using Stream content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return ImageFile.Load(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static JsonElement ReadJson(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.PathOf(path)));
        return document.RootElement.Clone();
    }
}
