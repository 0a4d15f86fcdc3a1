using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Tests.Parity;

/// <summary>From 8-bit images to boxes: preprocessing, network and decoding together find what torchvision's detectors find.</summary>
public sealed class DetectionParityTests
{
    /// <summary>Scores of partners: a logit's error of 2e-5 of at most 20 moves a score by at most a quarter of it.</summary>
    private const double ScoreTolerance = 1e-4;

    public static TheoryData<string, int> Cases { get; } = new()
    {
        { "retinanet_resnet50_fpn", 0 },
        { "retinanet_resnet50_fpn", 1 },
        { "retinanet_resnet50_fpn", 2 },
        { "retinanet_resnet50_fpn", 3 },
        { "retinanet_resnet50_fpn_v2", 0 },
        { "retinanet_resnet50_fpn_v2", 1 },
        { "retinanet_resnet50_fpn_v2", 2 },
        { "fcos_resnet50_fpn", 0 },
        { "fcos_resnet50_fpn", 1 },
        { "fcos_resnet50_fpn", 2 },
        { "fcos_resnet50_fpn", 3 },
        { "ssd300_vgg16", 0 },
        { "ssd300_vgg16", 1 },
        { "ssd300_vgg16", 2 },
        { "ssdlite320_mobilenet_v3_large", 0 },
        { "ssdlite320_mobilenet_v3_large", 1 },
        { "ssdlite320_mobilenet_v3_large", 2 },
        { "fasterrcnn_resnet50_fpn", 0 },
        { "fasterrcnn_resnet50_fpn", 1 },
        { "fasterrcnn_resnet50_fpn", 2 },
        { "fasterrcnn_resnet50_fpn", 3 },
        { "fasterrcnn_resnet50_fpn_v2", 0 },
        { "fasterrcnn_resnet50_fpn_v2", 1 },
        { "fasterrcnn_resnet50_fpn_v2", 2 },
        { "fasterrcnn_mobilenet_v3_large_fpn", 0 },
        { "fasterrcnn_mobilenet_v3_large_fpn", 1 },
        { "fasterrcnn_mobilenet_v3_large_fpn", 2 },
        { "fasterrcnn_mobilenet_v3_large_320_fpn", 0 },
        { "fasterrcnn_mobilenet_v3_large_320_fpn", 1 },
        { "fasterrcnn_mobilenet_v3_large_320_fpn", 2 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Detect_GeneratedImage_FindsWhatTorchvisionFinds(string name, int index)
    {
        GoldenDetections golden = GoldenDetections.Load(name)[index];
        golden.AssertWorthComparing();
        using VisionModel model = ParityModels.WithGeneratedWeights(golden.Resized(ParityModels.Builder(name)));
        using CompiledModel compiled = model.CompileForCpu();
        RgbImage image = ParityImages.Rgb(golden.Int("image"), golden.Int("width"), golden.Int("height"));

        Predictions<Detection> found = compiled.Detect(image);

        DetectionMatch match = golden.Match(
            [.. found.Select(d => d.ClassIndex)],
            [.. found.Select(d => d.Score)],
            [.. found.Select(d => new[] { d.Box.X1, d.Box.Y1, d.Box.X2, d.Box.Y2 })]);
        match.AssertAgrees();
        Assert.True(match.WorstScoreDifference <= ScoreTolerance, $"A score differs by {match.WorstScoreDifference:E2}.");
    }
}
