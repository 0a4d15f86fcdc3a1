// Trains the scene detector from nothing: dotnet run -- [--steps N]
using DeepVision;
using DeepVision.Components;
using DeepVision.FashionScenes;
using DeepVision.Imaging;
using DeepVision.Metrics;
using DeepVision.Tensors;
using DeepVision.Torch;
using DeepVision.Torch.Training;
using DeepVision.Torch.Training.Augmentations;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Evaluations;
using DeepVision.Torch.Training.Optimization;
using DeepVision.Torch.Training.Reports;
using DeepVision.Torch.Training.Schedules;
using TorchSharp;

const int Steps = 300;
if (args is not ([] or ["--steps", _]))
{
    Console.Error.WriteLine($"usage: TrainDetector [--steps {Steps}]");
    return 2;
}

// Scenes are drawn when they are asked for, so that none has to be stored.
SceneGenerator training = SceneGenerator.Create(FashionSplit.Training), validation = SceneGenerator.Create(FashionSplit.Validation);
using VisionModule module = VisionModel.FromPreset("fashion_scenes_retinanet").InitializeWeights(seed: 1).BuildModule();

// RetinaNet's first weights suit 256 channels; these towers have 64, in which the signal would fade.
torch.manual_seed(1);
foreach ((_, var weight) in module.named_parameters().Where(entry => entry.name.Contains(".conv.") && entry.parameter.dim() == 4))
{
    torch.nn.init.kaiming_normal_(weight, nonlinearity: torch.nn.init.NonlinearityType.ReLU);
}

var options = new TrainerOptions
{
    Optimizer = new AdamWSpec { LearningRate = 2e-3, WeightDecay = 0.02 },
    Schedule = new CosineSchedule { WarmupSteps = 30 },
    Loader = new LoaderOptions { BatchSize = 8, Seed = 1, Augmentations = [new HorizontalFlip(), new RandomChannelOrder()] },
    Steps = args.Length == 2 ? long.Parse(args[1]) : Steps,
    GradientNorm = 10,
    Average = new AverageOptions { Decay = 0.98 },
    Progress = new ProgressOptions(),
};
var evaluation = new DetectionEvaluation(Data(validation, 50), (DetectionTask)module.Task, module.Preprocessing)
{
    Figure = DetectionFigure.AveragePrecision50,
};
new Trainer<DetectionExample>(module, options).Run(Data(training, 20_000), evaluation);

module.SaveWeights("detector.safetensors");
using VisionModel model = module.ToVisionModel();
using var detector = model.CompileForCpu();
var scene = validation.Render(50).Image;
var found = detector.Detect(scene, new() { MinScore = 0.3f });
scene.DrawDetections(found);
ImageFile.Save(scene, "detected.png");
Console.WriteLine($"detector.safetensors saved; {found.Count} articles drawn to detected.png");
return 0;

static ITrainingData<DetectionExample> Data(SceneGenerator scenes, int count) => TrainingData.Create(count, i =>
{
    Scene scene = scenes.Render(i);
    return new DetectionExample(scene.Image, [.. scene.Objects.Select(Truth)]);
});

static GroundTruthBox Truth(SceneObject thing) =>
    new(new Box(thing.Left, thing.Top, thing.Right, thing.Bottom), thing.Label) { Ignore = thing.Ignored };
