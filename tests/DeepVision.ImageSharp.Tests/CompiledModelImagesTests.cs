using DeepVision.Backbones;
using DeepVision.Detections;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace DeepVision.ImageSharp.Tests;

public sealed class CompiledModelImagesTests
{
    [Fact]
    public void Classify_Image_AnswersAsForItsPixels()
    {
        using VisionModel model = VisionModel.FromPreset("cifar_resnet20").InitializeWeights().Build();
        using CompiledModel compiled = model.CompileForCpu();
        RgbImage pixels = Pictures.Rgb(40, 30);
        using Image<Bgra32> image = pixels.ToImage<Bgra32>();

        Assert.Equal(compiled.Classify(pixels).AsEnumerable(), compiled.Classify(image));
        Assert.Equal(compiled.Classify(pixels).AsEnumerable(), compiled.Classify(pixels.AsImage()));
    }

    [Fact]
    public void Detect_Image_AnswersAsForItsPixels()
    {
        using VisionModel model = VisionModel.Create()
            .UseResNet(ResNetSpec.ResNet18).UseFpn(channels: 32).UseRetinaNet(["cat", "dog"]).InitializeWeights().Build();
        using CompiledModel compiled = model.CompileForCpu();
        RgbImage pixels = Pictures.Rgb(64, 48);
        using Image<Rgb24> image = pixels.ToImage<Rgb24>();
        PredictionOptions all = new() { MinScore = 0 };

        Assert.Equal(compiled.Detect(pixels, all).AsEnumerable(), compiled.Detect(image, all));
    }

    [Fact]
    public void Predictions_Null_Throw()
    {
        using VisionModel model = VisionModel.FromPreset("cifar_resnet20").InitializeWeights().Build();
        using CompiledModel compiled = model.CompileForCpu();
        using Image<Rgb24> image = new(1, 1);

        Assert.Throws<ArgumentNullException>(() => compiled.Classify((Image)null!));
        Assert.Throws<ArgumentNullException>(() => CompiledModelImages.Classify(null!, image));
        Assert.Throws<ArgumentNullException>(() => CompiledModelImages.Detect(null!, image));
        Assert.Throws<ArgumentNullException>(() => CompiledModelImages.Segment(null!, image));
    }
}
