using System.Globalization;
using DeepVision.Heads;
using DeepVision.Torch;
using DeepVision.Torch.Training;
using DeepVision.Torch.Training.Augmentations;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Losses;
using DeepVision.Torch.Training.Optimization;
using TorchSharp;

namespace DeepVision.Tests.Torch.Training;

/// <summary>A run goes on only as the run that it was, and a refused one has touched nothing.</summary>
[Collection(RunsAlone.Name)]
public sealed class ResumeTests
{
    [TorchFact]
    public void Run_Refused_LeavesTheModuleAsItWas()
    {
        using var folder = new TemporaryFolder();
        Train(SmallRun.Options(folder.Run, []));
        using VisionModule module = SmallRun.Module();
        module.eval();
        string[] before = ModuleStates.Bits(module);

        TrainerOptions other = SmallRun.Options(folder.Run, []) with
        {
            Optimizer = new SgdSpec { LearningRate = 0.07 },
            Parameters = new ParameterOptions { Frozen = ["conv1"] },
        };
        Assert.Throws<TrainingException>(() => new Trainer<ClassificationExample>(module, other).Run(SmallRun.Data()));

        Assert.Equal(before, ModuleStates.Bits(module));
        Assert.False(module.training);
        Assert.All(module.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [TorchTheory]
    [InlineData("seed", "6", "5")]
    [InlineData("steps", "15", "14")]
    [InlineData("batch size", "9", "8")]
    [InlineData("order", "Sequential", "Shuffled")]
    [InlineData("augmentations", "HorizontalFlip (probability 0.25)", "HorizontalFlip (probability 0.5), RandomCrop (12 x 12, border 1, fill 0 0 0)")]
    [InlineData("gradient norm", "not cut", "5")]
    [InlineData("average", "none", "AverageOptions { Decay = 0.9, Ramp = 10 }")]
    [InlineData("frozen", "conv1, layer1", "none")]
    [InlineData("frozen up to", "bn1", "nothing")]
    [InlineData("batch norms", "Frozen", "Learn")]
    [InlineData("layer decay", "0.5 over conv1,bn1 | layer1", "none")]
    [InlineData("rate factors", "conv1 0.5, layer1 2", "none")]
    [InlineData("loss", "ClassificationLoss: ClassificationLossOptions { LabelSmoothing = 0.1, Temperature = 1 }", "ClassificationLoss: ClassificationLossOptions { LabelSmoothing = 0, Temperature = 1 }")]
    public void Run_OneSettingIsAnother_SaysWhichWithExpectedAndFound(string setting, string expected, string found)
    {
        using var folder = new TemporaryFolder();
        TrainerOptions options = SmallRun.Options(folder.Run, []);
        Train(options with { OnStep = _ => throw new InvalidOperationException("The checkpoint of step 0 is enough.") }, fails: true);

        TrainingException error = Train(Changed(options, setting), setting == "loss" ? 0.1 : 0, fails: true)!;

        Assert.Contains($" other settings. {setting}: expected {expected}, found {found}. Resume", error.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Run_ResumedUnderAnotherCulture_GoesOn()
    {
        using var folder = new TemporaryFolder();
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            Train(SmallRun.Options(folder.Run, []) with { OnStep = step => Stop(step.Step == 6) }, fails: true);
            var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            commas.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = commas;
            Assert.Null(Train(SmallRun.Options(folder.Run, [])));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [TorchFact]
    public void Run_ModuleIsOfAnotherType_IsRefusedByName()
    {
        using var folder = new TemporaryFolder();
        Train(SmallRun.Options(folder.Run, []) with { OnStep = _ => Stop(true) }, fails: true);
        using VisionModule module = SmallRun.Module();
        module.to(torch.ScalarType.Float64);

        TrainingException error = Assert.Throws<TrainingException>(
            () => new Trainer<ClassificationExample>(module, SmallRun.Options(folder.Run, [])).Run(SmallRun.Data()));

        Assert.Contains("model.conv1.weight (expected 16x3x3x3 Float64, found 16x3x3x3 Float32)", error.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Run_StoppedEarlyAndRunAgain_IsStillOver()
    {
        using var folder = new TemporaryFolder();
        using VisionModule module = SmallRun.Module();
        var losses = new List<double>();
        TrainerOptions options = SmallRun.Options(folder.Run, losses) with { MeasureEvery = 1, Patience = 2 };
        var evaluation = new FixedEvaluation(0.5, 0.4, 0.3, 0.9);
        Assert.Equal(3, new Trainer<ClassificationExample>(module, options).Run(SmallRun.Data(), evaluation).Steps);

        TrainingResult again = new Trainer<ClassificationExample>(module, options).Run(SmallRun.Data(), evaluation);

        Assert.Equal((TrainingOutcome.StoppedEarly, 3L), (again.Outcome, again.Steps));
        Assert.Equal(3, losses.Count);
    }

    private static TrainerOptions Changed(TrainerOptions options, string setting) => setting switch
    {
        "seed" => options with { Loader = options.Loader with { Seed = 6 } },
        "steps" => options with { Steps = 15 },
        "batch size" => options with { Loader = options.Loader with { BatchSize = 9 } },
        "order" => options with { Loader = options.Loader with { Order = ExampleOrder.Sequential } },
        "augmentations" => options with { Loader = options.Loader with { Augmentations = [new HorizontalFlip { Probability = 0.25 }] } },
        "gradient norm" => options with { GradientNorm = null },
        "average" => options with { Average = null },
        "frozen" => options with { Parameters = new ParameterOptions { Frozen = ["layer1", "conv1"] } },
        "frozen up to" => options with { Parameters = new ParameterOptions { FrozenUpTo = "bn1" } },
        "batch norms" => options with { Parameters = new ParameterOptions { BatchNorm = BatchNormTraining.Frozen } },
        "layer decay" => options with { Parameters = new ParameterOptions { LayerDecay = new LayerDecay(0.5, ["conv1,bn1", "layer1"]) } },
        "rate factors" => options with { Parameters = new ParameterOptions { RateFactors = new Dictionary<string, double> { ["layer1"] = 2, ["conv1"] = 0.5 } } },
        _ => options,
    };

    private static TrainingException? Train(TrainerOptions options, double smoothing = 0, bool fails = false)
    {
        using VisionModule module = SmallRun.Module();
        var loss = new ClassificationLoss((ClassificationTask)module.Task, new ClassificationLossOptions { LabelSmoothing = smoothing });
        var trainer = new Trainer<ClassificationExample>(module, loss, module.Preprocessing, options);
        if (fails)
        {
            return Assert.Throws<TrainingException>(() => trainer.Run(SmallRun.Data()));
        }

        trainer.Run(SmallRun.Data());
        return null;
    }

    private static void Stop(bool now)
    {
        if (now)
        {
            throw new InvalidOperationException("stopped");
        }
    }
}
