using System.Text.Json;
using DeepVision.Graphs;
using DeepVision.Heads;
using DeepVision.Tests.Parity;
using DeepVision.Torch;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Losses;
using DeepVision.Torch.Training.Optimization;
using DeepVision.Torch.Training.Schedules;
using DeepVision.Torch.Training.Targets;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Training;

/// <summary>
/// One training step gives Python's loss, gradients and running statistics, and twenty steps give its losses: the same weights
/// and images, generated on both sides; float32 here, float64 there.
/// </summary>
public sealed class TrainingStepParityTests
{
    private const double LossTolerance = 1e-5;
    private const double GradientTolerance = 1e-4;
    private const double RunTolerance = 1e-3;

    // Running statistics are means of activations, rounded once more.
    private const double StatisticsTolerance = 1e-5;

    public static TheoryData<string, int, int, int, double> Cases => new()
    {
        { "cifar_resnet20", 8, 32, 32, 0.02 },
        { "resnet18", 8, 64, 64, 0.01 },
        { "fashion_scenes_retinanet", 2, 128, 128, 0.002 },
        { "retinanet_resnet50_fpn_eps1e5", 2, 64, 96, 0.0005 },
    };

    [TorchTheory]
    [MemberData(nameof(Cases))]
    public void Step_OnGeneratedWeights_GivesPythonsLossGradientsAndStatistics(string name, int count, int height, int width, double rate)
    {
        Assert.True(rate > 0);
        JsonElement golden = TrainingGolden.Load(name);
        using DisposeScope scope = NewDisposeScope();
        using VisionModule module = Build(name);
        module.train();
        (LossValues loss, _) = Loss(name, module, Images(count, height, width), 0, count);
        loss.Total.backward();

        foreach ((string part, Tensor value) in loss.Parts)
        {
            AssertClose(golden.GetProperty("losses").GetProperty(part).GetDouble(), Number(value), LossTolerance, part);
        }

        Dictionary<string, TorchSharp.Modules.Parameter> parameters = module.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        Assert.Equal(
            golden.GetProperty("gradients").EnumerateObject().Select(entry => entry.Name).Order(StringComparer.Ordinal),
            parameters.Keys.Order(StringComparer.Ordinal));
        GoldenGradient.AssertAgree(golden.GetProperty("gradients"), key => parameters[key].grad, GradientTolerance);
        Dictionary<string, Tensor> state = module.state_dict();
        if (golden.GetProperty("buffers").EnumerateObject().Any())
        {
            GoldenGradient.AssertAgree(golden.GetProperty("buffers"), key => state[key], StatisticsTolerance);
        }
    }

    [TorchTheory]
    [MemberData(nameof(Cases))]
    public void TwentySteps_WithWarmup_GivePythonsLosses(string name, int count, int height, int width, double rate)
    {
        double[] expected = [.. TrainingGolden.Load(name).GetProperty("steps").EnumerateArray().Select(e => e.GetDouble())];
        using VisionModule module = Build(name);
        var plan = new ParameterPlan(module, new ParameterOptions());
        using ParameterOptimizer optimizer =
            new SgdSpec { LearningRate = rate, Kind = MomentumKind.Nesterov, WeightDecay = 1e-4 }.Create(plan.Trained);
        var schedule = new CosineSchedule { WarmupSteps = 5 };
        plan.EnterTraining();
        for (int step = 0; step < expected.Length; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            int first = step % 4 * count;
            using Tensor all = Images(4 * count, height, width);
            (LossValues loss, double value) = Loss(name, module, all.narrow(0, first, count), first, count);
            module.zero_grad();
            loss.Total.backward();
            nn.utils.clip_grad_norm_(plan.Trained.Select(parameter => parameter.Value), 10);
            optimizer.Step(step, schedule.FactorAt(step, expected.Length));
            AssertClose(expected[step], value, RunTolerance, $"step {step}");
        }
    }

    private static (LossValues Loss, double Value) Loss(string name, VisionModule module, Tensor images, int first, int count)
    {
        int classes = module.Labels.Count;
        LossValues loss;
        if (module.Task is RetinaNetTask task)
        {
            (int height, int width) = ((int)images.shape[2], (int)images.shape[3]);
            bool ignores = name.StartsWith("fashion", StringComparison.Ordinal);
            var batch = new TrainingBatch<DetectionExample>(
                images, [.. Enumerable.Range(first, count).Select(n => Counted(TrainingGolden.Objects(n, classes, height, width), ignores))]);
            var options = new RetinaNetLossOptions { Matching = new AnchorMatcherOptions { IgnoredIoU = ignores ? 0.4f : null } };
            loss = module.Losses(batch, new RetinaNetLoss(task, options));
        }
        else
        {
            var batch = new TrainingBatch<ClassificationExample>(
                images, [.. Enumerable.Range(first, count).Select(n => new ClassificationExample(TestImages.Places(1, 1), ((7 * n) + 3) % classes))]);
            loss = module.Losses(
                batch, new ClassificationLoss((ClassificationTask)module.Task, new ClassificationLossOptions { LabelSmoothing = 0.1 }));
        }

        return (loss, Number(loss.Total));
    }

    private static DetectionExample Counted(DetectionExample example, bool ignores) =>
        ignores ? example : example with { Objects = [.. example.Objects.Where(thing => !thing.Ignore)] };

    private static VisionModule Build(string name)
    {
        using VisionModel model = ParityModels.WithGeneratedWeights(ParityModels.Builder(name));
        return model.ToTorchSharp();
    }

    private static Tensor Images(int count, int height, int width) => ParityImages.Batch(count, height, width).ToTorch();

    private static double Number(Tensor value) => value.detach().item<float>();

    private static void AssertClose(double expected, double found, double tolerance, string what) => Assert.True(
        Math.Abs(found - expected) <= tolerance * Math.Abs(expected), $"{what}: expected {expected:R}, found {found:R}, error {Math.Abs(found - expected) / Math.Abs(expected):E2}");
}
