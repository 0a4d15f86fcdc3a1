using DeepVision.Heads;
using DeepVision.Torch;
using DeepVision.Torch.Training;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Evaluations;
using TorchSharp;

namespace DeepVision.Tests.Torch.Training;

/// <summary>Measurements that are cut off, or are no numbers.</summary>
[Collection(RunsAlone.Name)]
public sealed class MeasurementTests
{
    [TorchTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_CanceledWhileItMeasures_IsResumedToTheUnbrokenRunsFiles(int measurement)
    {
        using var whole = new TemporaryFolder();
        TrainingResult expected = Run(whole.Run, null, CancellationToken.None);

        using var broken = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        TrainingResult cut = Run(broken.Run, (measurement, cancel), cancel.Token);
        Assert.Equal(TrainingOutcome.Canceled, cut.Outcome);
        Assert.Equal(Math.Min(5 * measurement, 14), cut.Steps);
        TrainingResult resumed = Run(broken.Run, null, CancellationToken.None);

        Assert.Equal(TrainingOutcome.Completed, resumed.Outcome);
        Assert.Equal((expected.BestValue, expected.BestStep), (resumed.BestValue, resumed.BestStep));
        Assert.Equal(Table(whole.Run), Table(broken.Run));
        foreach (string file in new[] { "best.safetensors", "last.safetensors" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(whole.Run, file)), File.ReadAllBytes(Path.Combine(broken.Run, file)));
        }
    }

    [TorchFact]
    public void Run_KilledBetweenAMeasurementAndItsCheckpoint_HasItOnceInItsTable()
    {
        using var whole = new TemporaryFolder();
        Run(whole.Run, null, CancellationToken.None);
        using var broken = new TemporaryFolder();
        using (var cancel = new CancellationTokenSource())
        {
            Run(broken.Run, (1, cancel), cancel.Token);
        }

        Run(broken.Run, null, CancellationToken.None, step =>
        {
            if (step.Step == 6)
            {
                throw new InvalidOperationException("killed");
            }
        });
        Run(broken.Run, null, CancellationToken.None);

        Assert.Equal(Table(whole.Run), Table(broken.Run));
    }

    [TorchFact]
    public void Run_FirstMeasurementIsNoNumber_IsNeverTheBest()
    {
        using var folder = new TemporaryFolder();
        using VisionModule module = SmallRun.Module();
        TrainingResult result = new Trainer<ClassificationExample>(module, SmallRun.Options(folder.Run, []))
            .Run(SmallRun.Data(), new FixedEvaluation(double.NaN, -3, double.NaN));
        Assert.Equal((-3.0, 10L), (result.BestValue, result.BestStep));
    }

    [TorchFact]
    public void Run_NoMeasurementIsANumber_HasNoBest()
    {
        using var folder = new TemporaryFolder();
        using VisionModule module = SmallRun.Module();
        TrainerOptions options = SmallRun.Options(folder.Run, []) with { FinalWeights = FinalWeights.Best };
        TrainingResult result = new Trainer<ClassificationExample>(module, options)
            .Run(SmallRun.Data(), new FixedEvaluation(double.NaN, double.NaN, double.NaN));
        Assert.Equal((null, null), (result.BestValue, result.BestWeights));
        Assert.False(File.Exists(Path.Combine(folder.Run, "best.safetensors")));
    }

    [TorchFact]
    public void Run_BestWeightsWithoutAFolder_IsAnError()
    {
        using VisionModule module = SmallRun.Module();
        TrainerOptions options = SmallRun.Options(null, []) with { FinalWeights = FinalWeights.Best };
        Assert.Contains("needs a Folder", Assert.Throws<ArgumentException>(() => new Trainer<ClassificationExample>(module, options).Run(SmallRun.Data())).Message, StringComparison.Ordinal);
    }

    private static TrainingResult Run(
        string folder, (int Measurement, CancellationTokenSource Source)? canceled, CancellationToken token, Action<TrainingStep>? onStep = null)
    {
        using VisionModule module = SmallRun.Module();
        var evaluation = new ClassificationEvaluation(SmallRun.Data(1000, 30), (ClassificationTask)module.Task, module.Preprocessing, 8);
        var trainer = new Trainer<ClassificationExample>(module, SmallRun.Options(folder, []) with { LogEvery = 4, OnStep = onStep });
        try
        {
            return trainer.Run(SmallRun.Data(), new CutOff(evaluation, canceled), token);
        }
        catch (TrainingException exception) when (exception.InnerException is InvalidOperationException && onStep is not null)
        {
            return new TrainingResult { Outcome = TrainingOutcome.Canceled, Message = exception.Message, Steps = exception.Step ?? 0, LastLoss = double.NaN };
        }
    }

    // All but the seconds.
    private static string[] Table(string folder) =>
        [.. File.ReadLines(Path.Combine(folder, "run.csv")).Select(line => string.Join(',', line.Split(',').Where((_, column) => column != 2)))];

    private sealed class CutOff(ITrainingEvaluation inner, (int Measurement, CancellationTokenSource Source)? canceled) : ITrainingEvaluation
    {
        private int _calls;

        public Measurement Measure(
            torch.nn.Module<torch.Tensor, IReadOnlyDictionary<string, torch.Tensor>> module, CancellationToken cancellationToken)
        {
            if (++_calls == canceled?.Measurement)
            {
                canceled.Value.Source.Cancel();
            }

            return inner.Measure(module, cancellationToken);
        }
    }
}
