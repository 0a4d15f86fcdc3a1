using DeepVision.Heads;
using DeepVision.Torch;
using DeepVision.Torch.Training;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Evaluations;
using DeepVision.Torch.Training.Optimization;
using DeepVision.Torch.Training.Reports;
using DeepVision.Torch.Training.Schedules;
using DeepVision.Weights;

namespace DeepVision.Tests.Torch.Training;

[Collection(RunsAlone.Name)]
public sealed class TrainerTests
{
    [TorchFact]
    public void Run_ToTheEnd_LearnsMeasuresAndWritesItsFiles()
    {
        using var folder = new TemporaryFolder();
        var losses = new List<double>();
        var shown = new StringWriter();
        using VisionModule module = SmallRun.Module();
        TrainerOptions options = SmallRun.Options(folder.Run, losses) with
        {
            Steps = 30,
            Progress = new ProgressOptions { Output = shown, Style = ProgressStyle.Lines, Interval = TimeSpan.Zero },
        };

        TrainingResult result = new Trainer<ClassificationExample>(module, options).Run(SmallRun.Data(), Evaluation(module));

        Assert.Equal(TrainingOutcome.Completed, result.Outcome);
        Assert.Equal(30, losses.Count);
        Assert.True(losses[^5..].Average() < 0.6 * losses[..5].Average(), $"{losses[..5].Average()} -> {losses[^5..].Average()}");
        Assert.InRange(result.BestValue!.Value, 0.6, 1);
        string text = shown.ToString();
        Assert.Contains("epoch 2/6 step 8/30 loss ", text, StringComparison.Ordinal);
        Assert.Contains(" images/s left ", text, StringComparison.Ordinal);
        Assert.Contains("step 30: top1 ", text, StringComparison.Ordinal);
        string[] table = File.ReadAllLines(Path.Combine(folder.Run, "run.csv"));
        Assert.Equal(1 + 15 + 6, table.Length);
        Assert.All(table, line => Assert.Equal(9, line.Split(',').Length));
        Assert.Contains("<polyline", File.ReadAllText(Path.Combine(folder.Run, "run.svg")), StringComparison.Ordinal);
        Assert.Equal(
            ["best.safetensors", "last.safetensors", "run.csv", "run.svg"],
            Directory.GetFiles(folder.Run).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using VisionModel served = VisionModel.Create()
            .UseCifarResNet(Backbones.CifarResNetSpec.ResNet20).UseClassifier(["a", "b", "c"]).LoadWeights(result.BestWeights!).Build();
        Assert.Empty(served.Weights.Reports.SelectMany(report => report.Missing));
    }

    [TorchTheory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    public void Run_KilledAndResumed_GivesTheLossesOfTheUnbrokenRun(int killedAfter)
    {
        using var whole = new TemporaryFolder();
        var expected = new List<double>();
        using (VisionModule module = SmallRun.Module())
        {
            new Trainer<ClassificationExample>(module, SmallRun.Options(whole.Run, expected)).Run(SmallRun.Data(), Evaluation(module));
        }

        using var broken = new TemporaryFolder();
        var found = new List<double>();
        using (VisionModule module = SmallRun.Module())
        {
            TrainerOptions dying = SmallRun.Options(broken.Run, found) with
            {
                OnStep = step => { if (step.Step > killedAfter) { throw new InvalidOperationException("killed"); } },
            };
            Assert.Throws<TrainingException>(() => new Trainer<ClassificationExample>(module, dying).Run(SmallRun.Data(), Evaluation(module)));
        }

        using (VisionModule module = SmallRun.Module())
        {
            new Trainer<ClassificationExample>(module, SmallRun.Options(broken.Run, found)).Run(SmallRun.Data(), Evaluation(module));
        }

        int resumedAt = killedAfter / 4 * 4;
        Assert.Equal(expected[resumedAt..], found);
        Assert.Equal(Tensors(Path.Combine(whole.Run, "last.safetensors")), Tensors(Path.Combine(broken.Run, "last.safetensors")));
    }

    [TorchFact]
    public void Run_Canceled_EndsWithACheckpointThatGoesOn()
    {
        using var whole = new TemporaryFolder();
        var expected = new List<double>();
        using (VisionModule module = SmallRun.Module())
        {
            new Trainer<ClassificationExample>(module, SmallRun.Options(whole.Run, expected)).Run(SmallRun.Data());
        }

        using var folder = new TemporaryFolder();
        var found = new List<double>();
        using (VisionModule module = SmallRun.Module())
        using (var cancel = new CancellationTokenSource())
        {
            TrainerOptions options = SmallRun.Options(folder.Run, found);
            options = options with { OnStep = step => { found.Add(step.Loss); if (step.Step == 6) { cancel.Cancel(); } } };
            TrainingResult result = new Trainer<ClassificationExample>(module, options).Run(SmallRun.Data(), null, cancel.Token);
            Assert.Equal(TrainingOutcome.Canceled, result.Outcome);
            Assert.Equal(6, result.Steps);
            Assert.Contains("Canceled after step 6 of 14. The checkpoint of step 6 is whole; resume from '", result.Message, StringComparison.Ordinal);
        }

        using (VisionModule module = SmallRun.Module())
        {
            new Trainer<ClassificationExample>(module, SmallRun.Options(folder.Run, found) with { Start = TrainingStart.Resume }).Run(SmallRun.Data());
        }

        Assert.Equal(expected, found);
    }

    [TorchFact]
    public void Run_NoBetterForLong_StopsEarly()
    {
        using VisionModule module = SmallRun.Module();
        var losses = new List<double>();
        TrainerOptions options = SmallRun.Options(null, losses) with { MeasureEvery = 1, Patience = 3 };
        TrainingResult result = new Trainer<ClassificationExample>(module, options).Run(SmallRun.Data(), new Falling());
        Assert.Equal(TrainingOutcome.StoppedEarly, result.Outcome);
        Assert.Equal(4, result.Steps);
        Assert.Equal(1, result.BestStep);
    }

    [TorchFact]
    public void Run_ReadsBrokenExample_KeepsTheCheckpointAndNamesBoth()
    {
        using var folder = new TemporaryFolder();
        using VisionModule module = SmallRun.Module();
        ITrainingData<ClassificationExample> data = TrainingData.Create(
            SmallRun.Examples, i => i == 21 ? throw new IOException("no such file") : SmallRun.Data().Get(i), i => $"tile-{i}");
        TrainingException error = Assert.Throws<TrainingException>(
            () => new Trainer<ClassificationExample>(module, SmallRun.Options(folder.Run, [])).Run(data));
        Assert.Contains("tile-21 cannot be trained on: no such file", error.Message, StringComparison.Ordinal);
        Assert.Contains("is whole; resume from", error.Message, StringComparison.Ordinal);
        Assert.Equal("tile-21", error.Example);
        Assert.True(File.Exists(error.Checkpoint));
    }

    [TorchFact]
    public void Run_Resumed_WithOtherSettings_IsAnError()
    {
        using var folder = new TemporaryFolder();
        using VisionModule module = SmallRun.Module();
        new Trainer<ClassificationExample>(module, SmallRun.Options(folder.Run, [])).Run(SmallRun.Data());
        TrainerOptions other = SmallRun.Options(folder.Run, []) with { Optimizer = new SgdSpec { LearningRate = 0.1, WeightDecay = 1e-4, Kind = MomentumKind.Nesterov } };
        Assert.Contains("other settings", Assert.Throws<TrainingException>(() => new Trainer<ClassificationExample>(module, other).Run(SmallRun.Data())).Message, StringComparison.Ordinal);
        TrainerOptions adam = SmallRun.Options(folder.Run, []) with { Optimizer = new AdamWSpec { LearningRate = 0.1 } };
        Assert.Contains("optimizer: expected AdamWSpec {", Assert.Throws<TrainingException>(() => new Trainer<ClassificationExample>(module, adam).Run(SmallRun.Data())).Message, StringComparison.Ordinal);
        TrainerOptions fresh = SmallRun.Options(folder.Run, []) with { Start = TrainingStart.Fresh };
        Assert.Contains("shall begin anew", Assert.Throws<TrainingException>(() => new Trainer<ClassificationExample>(module, fresh).Run(SmallRun.Data())).Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Run_ResumedWithOtherMilestones_IsAnError()
    {
        using var folder = new TemporaryFolder();
        using VisionModule module = SmallRun.Module();
        TrainerOptions options = SmallRun.Options(folder.Run, []) with { Schedule = new StepSchedule { Milestones = [0.5, 0.75] } };
        new Trainer<ClassificationExample>(module, options).Run(SmallRun.Data());

        TrainerOptions same = options with { Schedule = new StepSchedule { Milestones = [0.5, 0.75] } };
        Assert.Equal(TrainingOutcome.Completed, new Trainer<ClassificationExample>(module, same).Run(SmallRun.Data()).Outcome);
        TrainerOptions other = options with { Schedule = new StepSchedule { Milestones = [0.5, 0.8] } };
        string message = Assert.Throws<TrainingException>(() => new Trainer<ClassificationExample>(module, other).Run(SmallRun.Data())).Message;
        Assert.Contains("other settings", message, StringComparison.Ordinal);
        Assert.Contains("Milestones = [0.5 0.75]", message, StringComparison.Ordinal);
        Assert.Contains("Milestones = [0.5 0.8]", message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Run_ResumeWithoutACheckpoint_IsAnError()
    {
        using var folder = new TemporaryFolder();
        using VisionModule module = SmallRun.Module();
        TrainerOptions options = SmallRun.Options(folder.Run, []) with { Start = TrainingStart.Resume };
        Assert.Contains("no checkpoint", Assert.Throws<TrainingException>(() => new Trainer<ClassificationExample>(module, options).Run(SmallRun.Data())).Message, StringComparison.Ordinal);
    }

    private static ClassificationEvaluation Evaluation(VisionModule module) =>
        new(SmallRun.Data(1000, 30), (ClassificationTask)module.Task, module.Preprocessing, 8);

    private static string[] Tensors(string path)
    {
        using WeightFile file = WeightFile.Open(path);
        return
        [
            .. file.Tensors.Select(entry =>
            {
                var values = new float[entry.Value.Shape.ElementCount];
                entry.Value.ReadFloats(values);
                return $"{entry.Key}: {string.Join(' ', values.Select(BitConverter.SingleToInt32Bits))}";
            }),
        ];
    }

    private sealed class Falling : ITrainingEvaluation
    {
        private double _value = 1;

        public Measurement Measure(
            TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, IReadOnlyDictionary<string, TorchSharp.torch.Tensor>> module, CancellationToken cancellationToken) =>
            new("made up", _value -= 0.1);
    }
}
