using DeepVision.Torch.Training;
using DeepVision.Torch.Training.Checkpoints;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Losses;
using DeepVision.Torch.Training.Optimization;
using DeepVision.Torch.Training.Reports;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Training.Checkpoints;

public sealed class SavedCheckpointTests
{
    [TorchTheory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Int64)]
    public void ReadInto_WhatWasWritten_GivesTheSameBits(ScalarType type)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Root, "last.safetensors");
        byte[] bits = new byte[7 * 8];
        new Random(3).NextBytes(bits); // NaN with a payload and whole numbers above 2^24 among them
        using Tensor source = empty([7], dtype: type);
        bits.AsSpan(0, source.bytes.Length).CopyTo(source.bytes);
        CheckpointFile.Write(path, [new("a", source)], State().ToMetadata(), File.Create);

        using Tensor target = zeros([7], dtype: type);
        var tensors = new Dictionary<string, Tensor> { ["a"] = target };
        using var saved = new SavedCheckpoint(path);
        saved.RequireFit(tensors);
        saved.ReadInto(tensors);

        Assert.Equal(ModuleStates.Bits(source), ModuleStates.Bits(target));
    }

    [TorchFact]
    public void State_WrittenAndRead_IsTheSame()
    {
        var step = new TrainingStep { Step = 7, Epoch = 2, Loss = 0.1, LearningRate = 1, GradientNorm = 1.0 / 3, Parts = [new("a", 0.1), new("b", 1e-9)] };
        TrainingState state = State() with
        {
            Step = 7,
            BestValue = 1.0 / 3,
            BestStep = 5,
            SinceBest = 2,
            MeasuredStep = 6,
            Interval = RunInterval.Empty.With(step).With(step),
        };
        TrainingState read = TrainingState.FromMetadata(state.ToMetadata());
        Assert.Equal(state.ToMetadata(), read.ToMetadata());
        Assert.Equal((7, 1.0 / 3, 5, 2, 6), (read.Step, read.BestValue, read.BestStep, read.SinceBest, read.MeasuredStep));
        Assert.Equal(state.Interval.ToRow(step, default), read.Interval.ToRow(step, default));
    }

    [TorchFact]
    public void FromMetadata_OfAnotherVersion_SaysWhatToDo()
    {
        Dictionary<string, string> texts = State().ToMetadata();
        texts["deepvision.training"] = "1";
        Assert.Contains("begin a run from its weights", Assert.Throws<FormatException>(() => TrainingState.FromMetadata(texts)).Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Broken_OneValueIsNone_NamesItsTensorAndAnOverflowOfTheSumDoesNot()
    {
        using Tensor large = tensor(new[] { 3e38f, 3e38f });
        using Tensor broken = tensor(new[] { 1f, float.NegativeInfinity, 2f });
        using Tensor counts = tensor(new[] { long.MaxValue });
        Assert.Empty(FiniteNumbers.Broken([new("large", large), new("counts", counts)]));
        Assert.Equal(["broken"], FiniteNumbers.Broken([new("large", large), new("broken", broken), new("counts", counts)]));
        Assert.Empty(FiniteNumbers.Broken([]));
    }

    private static TrainingState State() => new()
    {
        Step = 0,
        Seed = 5,
        BatchesPerEpoch = 3,
        TotalSteps = 30,
        Settings = RunSettings.Of(
            new TrainerOptions { Optimizer = new SgdSpec { LearningRate = 0.1 } }, new NoLoss(), new DeepVision.Preprocessing.ImagePreprocessing(), 24, 30),
    };

    private sealed class NoLoss : ITrainingLoss<ClassificationExample>
    {
        public LossValues Compute(IReadOnlyDictionary<string, Tensor> outputs, TrainingBatch<ClassificationExample> batch) => throw new NotSupportedException();
    }
}
