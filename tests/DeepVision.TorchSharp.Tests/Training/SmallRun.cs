using DeepVision.Backbones;
using DeepVision.Heads;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Torch;
using DeepVision.Torch.Training;
using DeepVision.Torch.Training.Augmentations;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Optimization;
using DeepVision.Torch.Training.Schedules;

namespace DeepVision.Tests.Torch.Training;

/// <summary>A network with dropout and batch norm, and data that it can learn, in well under a second.</summary>
internal static class SmallRun
{
    internal const int Examples = 40;

    internal static VisionModule Module(float dropout = 0.3f) => VisionModel.Create()
        .UseCifarResNet(CifarResNetSpec.ResNet20)
        .UseClassifier(new ClassificationHeadSpec { Classes = 3, Dropout = dropout })
        .WithPreprocessing(new ImagePreprocessing { Mean = ChannelValues.All(0.5f), Std = ChannelValues.All(0.25f) })
        .InitializeWeights(3)
        .BuildModule();

    /// <summary>The class is the brightest channel.</summary>
    internal static ITrainingData<ClassificationExample> Data(int first = 0, int count = Examples) => TrainingData.Create(count, i =>
    {
        var random = new ExampleRandom(77, 0, first + i);
        int bright = (first + i) % 3;
        var image = new RgbImage(12, 12);
        Span<byte> pixels = image.Pixels;
        for (int p = 0; p < pixels.Length; p++)
        {
            pixels[p] = (byte)(random.NextIndex(120) + (p % 3 == bright ? 100 : 0));
        }

        return new ClassificationExample(image, bright);
    }, i => $"tile-{first + i}");

    internal static TrainerOptions Options(string? folder, List<double> losses) => new()
    {
        Optimizer = new SgdSpec { LearningRate = 0.05, WeightDecay = 1e-4, Kind = MomentumKind.Nesterov },
        Schedule = new CosineSchedule { WarmupSteps = 4 },
        Loader = new LoaderOptions { BatchSize = 8, Seed = 5, Augmentations = [new HorizontalFlip(), new RandomCrop(ImageSize.Square(12)) { Border = 1 }] },
        Steps = 14,
        GradientNorm = 5,
        Average = new AverageOptions { Decay = 0.9 },
        MeasureEvery = 5,
        CheckpointEvery = 4,
        LogEvery = 2,
        Folder = folder,
        OnStep = step => losses.Add(step.Loss),
    };
}
