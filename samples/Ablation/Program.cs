// Necks and heads over one backbone, each trained alike, with cost and result side by side: dotnet run -- [--steps N]
using System.Diagnostics;
using DeepVision;
using DeepVision.Backbones;
using DeepVision.FashionScenes;
using DeepVision.Heads;
using DeepVision.Models;
using DeepVision.Preprocessing;
using DeepVision.Torch;
using DeepVision.Torch.Training;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Evaluations;
using DeepVision.Torch.Training.Optimization;
using DeepVision.Torch.Training.Schedules;

if (args is not ([] or ["--steps", _]))
{
    Console.Error.WriteLine("usage: Ablation [--steps 150]");
    return 2;
}

var necks = new (string Name, Func<VisionModelBuilder, VisionModelBuilder> Use)[]
{
    ("none", builder => builder),
    ("squeeze and excitation", builder => builder.UseSqueezeExcitation(new() { Reduction = 4 })),
    ("CBAM", builder => builder.UseCbam(new() { Reduction = 4, Spatial = new() { Kernel = 3 } })),
    ("SPP to a vector", builder => builder.UseSpp()),
};
var heads = new (string Name, ClassificationHeadSpec Spec)[]
{
    ("linear", new() { Classes = 10 }),
    ("bottleneck of 32", new() { Classes = 10, BottleneckFeatures = 32 }),
};
ITrainingData<ClassificationExample> training = Data(FashionSplit.Training, 55_000), held = Data(FashionSplit.Validation, 2_000);
using VisionModel shipped = VisionModel.FromPreset("fashion_resnet20").Build();
RgbImage photo = held.Get(0).Image;

Console.WriteLine($"{"neck",-24}{"head",-18}{"parameters",12}{"M multiply-adds",17}{"ms an image",13}{"top-1",9}");
foreach (var (neck, use) in necks)
{
    foreach (var (head, spec) in heads)
    {
        VisionModelBuilder builder = use(VisionModel.Create().UseCifarResNet(CifarResNetSpec.ResNet20 with { BaseWidth = 8 }));
        using VisionModule module = builder.UseClassifier(spec).WithPreprocessing(shipped.Preprocessing).InitializeWeights(seed: 1).BuildModule();
        double top1 = Train(module);
        using VisionModel model = module.ToVisionModel();
        using var compiled = model.CompileForCpu(new() { Threads = 1 });
        ModelCost cost = ModelCost.Of(model, 28, 28);
        Console.WriteLine(
            $"{neck,-24}{head,-18}{cost.Parameters,12:N0}{cost.MultiplyAdds / 1e6,17:0.00}{Milliseconds(() => compiled.Classify(photo)),13:0.000}{top1,9:P1}");
    }
}

return 0;

double Train(VisionModule module) => new Trainer<ClassificationExample>(module, new TrainerOptions
{
    Optimizer = new AdamWSpec { LearningRate = 5e-3, WeightDecay = 0.01 },
    Schedule = new CosineSchedule { WarmupSteps = 10 },
    Loader = new LoaderOptions { BatchSize = 64, Seed = 1 },
    Steps = args.Length == 2 ? long.Parse(args[1]) : 150,
}).Run(training, new ClassificationEvaluation(held, (ClassificationTask)module.Task, module.Preprocessing)).BestValue!.Value;

static ITrainingData<ClassificationExample> Data(FashionSplit split, int count)
{
    FashionArticles articles = FashionArticles.Load(split);
    return TrainingData.Create(count, i => new ClassificationExample(articles.GetImage(i), articles.GetLabel(i)));
}

static double Milliseconds(Action action)
{
    const int Runs = 200;
    action();
    var times = new double[Runs];
    for (int i = 0; i < Runs; i++)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    return times.Order().ElementAt(Runs / 2);
}
