using DeepVision.Cpu;
using DeepVision.Detections;
using DeepVision.Imaging;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tests.Shared;
using Xunit.Abstractions;

namespace DeepVision.EndToEnd.Tests;

/// <summary>A published face detector finds in a photograph what it finds in PyTorch.</summary>
public sealed class RealFaceDetectorTests(ITestOutputHelper output)
{
    private const string Weights = "weights/retinaface-mobilenet0.25.pth";
    private const string Crowd = "images/crowd.jpg";

    // PyTorch 1.13 with torchvision's NMS on the same file, at 1600 x 898: 531 faces above 0.5. One score lies within 0.001 of 0.5,
    // and JPEG decoders differ by a level.
    private const int Faces = 531;
    private const int Slack = 3;

    [RealFilesFact(Weights, Crowd)]
    public void Detect_Crowd_FindsAsManyFacesAsPyTorch()
    {
        using VisionModel model = VisionModel.FromPreset("retinaface_mobilenet_0.25").LoadWeights(SharedData.PathOf(Weights)).Build();
        using CompiledModel detector = model.CompileForCpu();
        RgbImage image = ImageFile.Load(SharedData.PathOf(Crowd));

        Predictions<Detection> faces = detector.Detect(image, new PredictionOptions { MinScore = 0.5f });

        output.WriteLine($"{faces.Count} faces.");
        Assert.InRange(faces.Count, Faces - Slack, Faces + Slack);

        // PyTorch's surest face, in whole pixels.
        Detection best = faces[0];
        Assert.Equal("face", best.Label);
        Assert.InRange(best.Box.IoU(new Box(1382.75f, 332.85f, 1405.21f, 363.85f)), 0.95f, 1f);

        // Eyes above mouths and the left ones on the left, in nearly every face.
        int upright = faces.Count(face => face.Landmarks is { Count: 5 } points
            && points[0].X < points[1].X && points[3].X < points[4].X && points[0].Y < points[3].Y && points[1].Y < points[4].Y);
        output.WriteLine($"{upright} upright.");
        Assert.InRange(upright, (int)(0.95 * faces.Count), faces.Count);
    }
}
