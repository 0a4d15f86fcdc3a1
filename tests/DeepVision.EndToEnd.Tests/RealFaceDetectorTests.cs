using DeepVision.Backbones;
using DeepVision.Imaging;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Tests.Shared;
using Xunit.Abstractions;

namespace DeepVision.EndToEnd.Tests;

/// <summary>A published face detector finds in a photograph what it finds in PyTorch.</summary>
public sealed class RealFaceDetectorTests(ITestOutputHelper output)
{
    private const string Weights = "weights/retinaface-mobilenet0.25.pth";
    private const string Crowd = "images/crowd.jpg";

    private const int Slack = 3;

    [RealFilesFact(Weights, Crowd)]
    public void Detect_Crowd_FindsAsManyFacesAsPyTorch()
    {
        using VisionModel model = VisionModel.FromPreset("retinaface_mobilenet_0.25").LoadWeights(SharedData.PathOf(Weights)).Build();
        using CompiledModel detector = model.CompileForCpu();
        RgbImage image = ImageFile.Load(SharedData.PathOf(Crowd));


        Predictions<Detection> faces = detector.Detect(image, new PredictionOptions { MinScore = 0.5f });

        // PyTorch 1.13 with the publisher's network, anchors and decoding and torchvision's NMS on the same file, at 1600 x 898: 520
        // faces above 0.5. Three scores lie within 0.002 of 0.5, and JPEG decoders differ by a level.
        output.WriteLine($"{faces.Count} faces.");
        Assert.InRange(faces.Count, 520 - Slack, 520 + Slack);

        // PyTorch's surest face, in whole pixels.
        Detection best = faces[0];
        Assert.Equal("face", best.Label);
        Assert.InRange(best.Box.IoU(new Box(1118.90f, 597.12f, 1219.71f, 736.62f)), 0.95f, 1f);

        // Points lie on the face, eyes above mouths and the left ones on the left. In PyTorch this holds for each of the faces.
        int upright = faces.Count(IsUpright);
        output.WriteLine($"{upright} with points in place.");
        Assert.InRange(upright, faces.Count - Slack, faces.Count);

        // The large face in front, as PyTorch gives its points: eyes, nose, corners of the mouth.
        Detection front = faces.MaxBy(face => face.Box.IoU(new Box(883.67f, 669.71f, 999.91f, 828.25f)))!;
        Landmark[] expected = [new(910.5f, 727.7f), new(968.7f, 728.9f), new(936.8f, 768.3f), new(910f, 779.8f), new(968.3f, 781f)];
        foreach ((Landmark point, Landmark found) in expected.Zip(front.Landmarks!))
        {
            Assert.InRange(found.X, point.X - 1f, point.X + 1f);
            Assert.InRange(found.Y, point.Y - 1f, point.Y + 1f);
        }
    }

    // The weights in a network that they were not trained in, that of the author's first weights, whose names are the same, on the
    // image squashed to 840 x 840: 203 in PyTorch with its NumPy suppression, which adds a pixel to sides, 205 with torchvision's.
    [RealFilesFact(Weights, Crowd)]
    public void Detect_CrowdWithTheFirstRetinaFacesActivationsAndAnchors_FindsAsManyAsPyTorch()
    {
        using VisionModel model = VisionModel.Create()
            .UseMobileNetV1(MobileNetV1Spec.RetinaFace)
            .UseRetinaFaceFpn()
            .UseSsh()
            .UseRetinaFace()
            .WithPreprocessing(new ImagePreprocessing
            {
                Resize = ResizeRule.Exact(ImageSize.Square(840)),
                Interpolation = Interpolation.BilinearFixedPoint,
                Channels = ChannelOrder.Bgr,
                Scale = PixelScale.Bytes,
                Mean = new ChannelValues(104, 117, 123),
            })
            .LoadWeights(SharedData.PathOf(Weights))
            .Build();
        using CompiledModel detector = model.CompileForCpu();

        Predictions<Detection> faces = detector.Detect(ImageFile.Load(SharedData.PathOf(Crowd)), new PredictionOptions { MinScore = 0.5f });

        output.WriteLine($"{faces.Count} faces.");
        Assert.InRange(faces.Count, 203 - Slack, 203 + Slack);
    }

    private static bool IsUpright(Detection face) =>
        face.Landmarks is { Count: 5 } points
        && points[0].X < points[1].X && points[3].X < points[4].X && points[0].Y < points[3].Y && points[1].Y < points[4].Y
        && points.All(point => point.X >= face.Box.X1 && point.X <= face.Box.X2 && point.Y >= face.Box.Y1 && point.Y <= face.Box.Y2);
}
