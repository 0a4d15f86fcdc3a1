// Necks and heads over one backbone, each trained alike, with cost and result side by side: dotnet run -- [--steps N]
using System.Diagnostics;
using DeepVision;
using DeepVision.Backbones;
using DeepVision.FashionScenes;
using DeepVision.Graphs;
using DeepVision.Heads;
using DeepVision.Models;
using DeepVision.Prediction;
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
    // Not ReLU: at this learning rate most of its units behind SPP end up giving 0 for every image, and learn nothing any more.
    ("bottleneck of 32", new() { Classes = 10, BottleneckFeatures = 32, BottleneckActivation = Activation.LeakyRelu(0.1f) }),
};
ITrainingData<ClassificationExample> training = Data(FashionSplit.Training, 55_000), held = Data(FashionSplit.Validation, 2_000);
using VisionModel shipped = VisionModel.FromPreset("fashion_resnet20").Build();
RgbImage photo = held.Get(0).Image;

Console.WriteLine($"{"neck",-24}{"head",-18}{"parameters",12}{"M multiply-adds",17}{"ms an image",13}{"top-1",9}");
var rows = new List<(string Text, CompiledModel Model, double Top1)>();
foreach (var (neck, use) in necks)
{
    foreach (var (head, spec) in heads)
    {
        VisionModelBuilder builder = use(VisionModel.Create().UseCifarResNet(CifarResNetSpec.ResNet20 with { BaseWidth = 8 }));
        using VisionModule module = builder.UseClassifier(spec).WithPreprocessing(shipped.Preprocessing).InitializeWeights(seed: 1).BuildModule();
        double top1 = Train(module);
        using VisionModel model = module.ToVisionModel();
        ModelCost cost = ModelCost.Of(model, 28, 28);
        rows.Add(($"{neck,-24}{head,-18}{cost.Parameters,12:N0}{cost.MultiplyAdds / 1e6,17:0.00}", model.CompileForCpu(new() { Threads = 1 }), top1));
    }
}

double[] milliseconds = Milliseconds([.. rows.Select(row => (Action)(() => row.Model.Classify(photo)))]);
foreach (var ((text, model, top1), time) in rows.Zip(milliseconds))
{
    Console.WriteLine($"{text}{time,13:0.000}{top1,9:P1}");
    model.Dispose();
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

// Medians of turns: each model runs once in each, so that what else the machine does meets all alike. Two seconds warm up.
static double[] Milliseconds(Action[] actions)
{
    var times = new List<double[]>();
    for (var clock = Stopwatch.StartNew(); times.Count < 1000;)
    {
        double[] turn = [.. actions.Select(Time)];
        if (clock.Elapsed.TotalSeconds > 2)
        {
            times.Add(turn);
        }
    }

    return [.. actions.Select((_, i) => times.Select(turn => turn[i]).Order().ElementAt(times.Count / 2))];
}

static double Time(Action action)
{
    long start = Stopwatch.GetTimestamp();
    action();
    return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
}
