using DeepVision.Heads;
using DeepVision.Torch;
using DeepVision.Torch.Training;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Evaluations;
using DeepVision.Torch.Training.Losses;
using DeepVision.Torch.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Training;

/// <summary>Whatever ends a run, it says where to go on and gives the module back as it was taken.</summary>
[Collection(RunsAlone.Name)]
public sealed class RunEndTests
{
    private const string Remains = "The checkpoint of step 4 is whole; resume from '";

    [TorchFact]
    public void Run_GradientIsNoNumber_EndsBeforeTheWeightsChange()
    {
        using var folder = new TemporaryFolder();
        using VisionModule module = SmallRun.Module();
        string[] before = [];
        TrainerOptions options = SmallRun.Options(folder.Run, []) with
        {
            GradientNorm = null,
            OnStep = step => before = step.Step == 6 ? Parameters(module) : before,
        };
        var loss = new SteepLoss(new ClassificationLoss((ClassificationTask)module.Task), steepAt: 7);

        TrainingException error = Assert.Throws<TrainingException>(
            () => new Trainer<ClassificationExample>(module, loss, module.Preprocessing, options).Run(SmallRun.Data()));

        Assert.StartsWith("The gradients of step 7 are not finite numbers in conv1.weight, bn1.weight, bn1.bias, ", error.Message, StringComparison.Ordinal);
        Assert.Contains("; the batch was tile-", error.Message, StringComparison.Ordinal);
        Assert.Contains(Remains, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Parameters(module));
    }

    [TorchTheory]
    [InlineData("callback")]
    [InlineData("evaluation")]
    [InlineData("loss")]
    public void Run_SomethingOfTheUsersThrows_SaysWhatAndWhereToResume(string where)
    {
        using var folder = new TemporaryFolder();
        using VisionModule module = SmallRun.Module();
        var cause = new OperationCanceledException("gone.");
        TrainerOptions options = SmallRun.Options(folder.Run, []) with { OnStep = step => ThrowIf(where == "callback" && step.Step == 5, cause) };
        var loss = new SteepLoss(new ClassificationLoss((ClassificationTask)module.Task), steepAt: 0)
        {
            OnCall = call => ThrowIf(where == "loss" && call == 6, cause),
        };

        TrainingException error = Assert.Throws<TrainingException>(
            () => new Trainer<ClassificationExample>(module, loss, module.Preprocessing, options).Run(SmallRun.Data(), new Throwing(where == "evaluation" ? cause : null)));

        Assert.StartsWith($"The run ended after step 5 of 14 by OperationCanceledException: gone. {Remains}", error.Message, StringComparison.Ordinal);
        Assert.Same(cause, error.InnerException);
        Assert.Equal(5, error.Step);
        Assert.True(File.Exists(error.Checkpoint));
    }

    [TorchFact]
    public void Run_EndsWithoutAFolder_SaysThatThereIsNoCheckpoint()
    {
        using VisionModule module = SmallRun.Module();
        TrainerOptions options = SmallRun.Options(null, []) with { OnStep = _ => throw new InvalidOperationException("gone") };
        TrainingException error = Assert.Throws<TrainingException>(() => new Trainer<ClassificationExample>(module, options).Run(SmallRun.Data()));
        Assert.EndsWith("gone. No folder was given, so there is no checkpoint to resume from.", error.Message, StringComparison.Ordinal);
        Assert.Null(error.Checkpoint);
        using var canceled = new CancellationTokenSource();
        canceled.Cancel();
        TrainingResult result = new Trainer<ClassificationExample>(module, options).Run(SmallRun.Data(), null, canceled.Token);
        Assert.Equal("Canceled after step 0 of 14. No folder was given, so there is no checkpoint to resume from.", result.Message);
    }

    [TorchTheory]
    [InlineData("completed")]
    [InlineData("thrown")]
    [InlineData("canceled")]
    public void Run_Ended_GivesTheModuleBackAsItWasTaken(string how)
    {
        using VisionModule module = SmallRun.Module();
        module.get_parameter("layer2.0.conv1.weight")!.requires_grad = false;
        using var cancel = new CancellationTokenSource();
        bool[] during = [];
        TrainerOptions options = SmallRun.Options(null, []) with
        {
            Parameters = new ParameterOptions { FrozenUpTo = "layer1", BatchNorm = BatchNormTraining.Frozen },
            OnStep = step =>
            {
                during = [module.get_parameter("conv1.weight")!.requires_grad, module.get_parameter("linear.weight")!.requires_grad];
                ThrowIf(how == "thrown" && step.Step == 3, new InvalidOperationException("gone"));
                if (how == "canceled")
                {
                    cancel.Cancel();
                }
            },
        };
        var trainer = new Trainer<ClassificationExample>(module, options);
        if (how == "thrown")
        {
            Assert.Throws<TrainingException>(() => trainer.Run(SmallRun.Data()));
        }
        else
        {
            trainer.Run(SmallRun.Data(), null, cancel.Token);
        }

        Assert.Equal([false, true], during);
        Assert.Equal(["layer2.0.conv1.weight"], module.named_parameters().Where(entry => !entry.parameter.requires_grad).Select(entry => entry.name));
        Assert.All(module.named_modules(), entry => Assert.False(entry.module.training));
        Assert.All(module.parameters(), parameter => Assert.Null(parameter.grad));
    }

    private static string[] Parameters(nn.Module module) =>
        [.. module.named_parameters().Select(entry => $"{entry.name}: {ModuleStates.Bits(entry.parameter)}")];

    private static void ThrowIf(bool now, Exception exception)
    {
        if (now)
        {
            throw exception;
        }
    }

    /// <summary>Adds the root of 0 at a step: the loss stays as it is, and its gradient becomes 0 times infinity.</summary>
    private sealed class SteepLoss(ITrainingLoss<ClassificationExample> loss, int steepAt) : ITrainingLoss<ClassificationExample>
    {
        private int _calls;

        internal Action<int> OnCall { get; init; } = _ => { };

        public LossValues Compute(IReadOnlyDictionary<string, Tensor> outputs, TrainingBatch<ClassificationExample> batch)
        {
            OnCall(++_calls);
            LossValues values = loss.Compute(outputs, batch);
            return _calls == steepAt ? new LossValues("cross_entropy", values.Total + (values.Total * 0).sqrt()) : values;
        }
    }

    private sealed class Throwing(Exception? exception) : ITrainingEvaluation
    {
        public Measurement Measure(nn.Module<Tensor, IReadOnlyDictionary<string, Tensor>> module, CancellationToken cancellationToken) =>
            exception is null ? new Measurement("made up", 1) : throw exception;
    }
}
