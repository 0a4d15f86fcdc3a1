using DeepVision.Backbones;
using DeepVision.Heads;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Tests.Detections;

namespace DeepVision.Tests.Prediction;

/// <summary>What calls cost once a shape has been run: outputs are written to again, and answers stay as they were.</summary>
public sealed class WarmCallTests
{
    private const long MostBytes = 64 * 1024;

    [Fact]
    public void Detect_WarmWithManyBoxes_AllocatesLittle()
    {
        using CompiledModel compiled = ManyBoxes();
        RgbImage image = Noise(300, 200);

        Assert.InRange(compiled.Detect(image).Count, 100, 300);
        Assert.InRange(Allocations.Warm(() => compiled.Detect(image)), 0, MostBytes);
    }

    [Fact]
    public void Detect_Always_TimesEachStage()
    {
        using CompiledModel compiled = ManyBoxes();

        IReadOnlyList<StageTiming> timings = compiled.Detect(Noise(64, 64)).Timings;

        Assert.Equal(["preprocess", "network", "decode"], timings.Select(timing => timing.Stage));
        Assert.All(timings, timing => Assert.True(timing.Elapsed > TimeSpan.Zero));
    }

    [Fact]
    public void Detect_OtherImagesAndShapesBetween_GivesTheSameBoxes()
    {
        using CompiledModel compiled = ManyBoxes();
        RgbImage[] images = [Noise(300, 200), Noise(200, 300), Noise(290, 200)];
        Detection[][] first = [.. images.Select(image => compiled.Detect(image).ToArray())];

        for (int round = 0; round < 2; round++)
        {
            Assert.Equal(first, images.Select(image => compiled.Detect(image).ToArray()));
        }

        Assert.Equal(first, compiled.Detect(images).Select(found => found.ToArray()));
    }

    [Fact]
    public void Run_Twice_GivesTensorsOfTheirOwn()
    {
        using CompiledModel compiled = ManyBoxes();
        compiled.Detect(Noise(64, 64));
        var input = new HostTensor(new TensorShape(1, 3, 64, 64));

        IReadOnlyDictionary<string, HostTensor> one = compiled.Run(input);
        float[][] values = [.. one.Values.Select(tensor => tensor.Values.ToArray())];
        input.Values.Fill(1);
        IReadOnlyDictionary<string, HostTensor> two = compiled.Run(input);
        compiled.Detect(Noise(64, 64));

        Assert.All(one, output => Assert.NotSame(output.Value, two[output.Key]));
        Assert.Equal(values, one.Values.Select(tensor => tensor.Values.ToArray()));
    }

    private static CompiledModel ManyBoxes()
    {
        using VisionModel model = VisionModel.Create()
            .UseResNet(ResNetSpec.ResNet18 with { BaseWidth = 8 })
            .UseFpn(16)
            .UseRetinaNet(new RetinaNetHeadSpec { Classes = 5, Decoding = new RetinaNetDecoderOptions { ScoreThreshold = 0 } })
            .WithPreprocessing(ImagePreprocessing.TorchvisionDetection(96, 128))
            .InitializeWeights()
            .Build();
        return model.CompileForCpu();
    }

    private static RgbImage Noise(int width, int height)
    {
        var image = new RgbImage(width, height);
        uint state = (uint)(width + (1000 * height));
        foreach (ref byte value in image.Pixels)
        {
            state = (state * 1664525) + 1013904223;
            value = (byte)(state >> 24);
        }

        return image;
    }
}
