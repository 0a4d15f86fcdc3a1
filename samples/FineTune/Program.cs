// Teaches an official network the classes of a folder: dotnet run -- WEIGHTS FOLDER
using DeepVision;
using DeepVision.Heads;
using DeepVision.Imaging;
using DeepVision.Models;
using DeepVision.Tensors;
using DeepVision.Torch;
using DeepVision.Torch.Training;
using DeepVision.Torch.Training.Augmentations;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Evaluations;
using DeepVision.Torch.Training.Optimization;
using DeepVision.Torch.Training.Reports;
using DeepVision.Torch.Training.Schedules;
using DeepVision.Weights;
using DeepVision.Zoo;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: FineTune WEIGHTS FOLDER   (FOLDER/<class>/<image>)");
    return 2;
}

// Every fifth file of a class is held back for validation.
string[] classes = [.. Directory.GetDirectories(args[1]).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
var files = classes.SelectMany((name, label) => Directory.GetFiles(Path.Combine(args[1], name)).Order(StringComparer.Ordinal)
    .Select((path, i) => (path, label, held: i % 5 == 4))).ToArray();
var training = Data(files.Where(file => !file.held).Select(file => (file.path, file.label)));
var held = Data(files.Where(file => file.held).Select(file => (file.path, file.label)));

// The preset with a new head: the backbone's weights come from the file, the head's first ones from the seed.
using WeightFile file = WeightFile.Open(args[0]);
RecognizedPreset recognized = PresetRecognition.Recognize(file);
Console.WriteLine($"{recognized}; now {string.Join(", ", classes)}: {training.Count} images to learn from, {held.Count} held back");
using VisionModule module = recognized.Preset.CreateBuilder(new PresetOptions { Labels = classes })
    .LoadWeights(ModelComponent.Backbone, args[0])
    .InitializeWeights(seed: 1)
    .BuildModule();

// The head is the last child: fc of a ResNet, classifier of a VGG.
string[] layers = [.. module.named_children().Where(child => child.module.parameters().Any()).Select(child => child.name)];
(string[] body, string head) = (layers[..^1], layers[^1]);

Console.WriteLine($"phase 1: only {head} learns");
Train(epochs: 10, rate: 3e-3, new ParameterOptions { Frozen = body });

Console.WriteLine("phase 2: everything learns, slower towards the input");
Train(epochs: 5, rate: 3e-4, new ParameterOptions
{
    LayerDecay = LayerDecay.ByStage(0.5, module, path: ""),
    BatchNorm = BatchNormTraining.KeepStatistics,
});

module.SaveWeights("finetuned.safetensors");
using VisionModel model = module.ToVisionModel();
using var classifier = model.CompileForCpu();
string photo = files.First(f => f.held).path;
Classification answer = classifier.Classify(ImageFile.Load(photo))[0];
Console.WriteLine($"finetuned.safetensors saved; {Path.GetRelativePath(args[1], photo)} is a {answer.Label} ({answer.Probability:P1}, {classifier})");
return 0;

void Train(int epochs, double rate, ParameterOptions parameters) => new Trainer<ClassificationExample>(module, new TrainerOptions
{
    Optimizer = new AdamWSpec { LearningRate = rate, WeightDecay = 0.01 },
    Schedule = new CosineSchedule { WarmupSteps = 6 },
    Loader = new LoaderOptions { BatchSize = 16, Seed = 1, Augmentations = [new HorizontalFlip()] },
    Epochs = epochs,
    Parameters = parameters,
    Progress = new ProgressOptions(),
}).Run(training, new ClassificationEvaluation(held, (ClassificationTask)module.Task, module.Preprocessing));

static ITrainingData<ClassificationExample> Data(IEnumerable<(string Path, int Label)> files)
{
    (string Path, int Label)[] all = [.. files];
    return TrainingData.Create(all.Length, i => new ClassificationExample(ImageFile.Load(all[i].Path), all[i].Label), i => all[i].Path);
}
