using DeepVision.Heads;
using DeepVision.Torch;
using DeepVision.Torch.Training;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Losses;
using DeepVision.Torch.Training.Optimization;
using DeepVision.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Training;

/// <summary>A run that cannot go on says why and leaves a checkpoint that can be used.</summary>
[Collection(RunsAlone.Name)]
public sealed class FailureTests
{
    [TorchFact]
    public void Run_LossIsNoNumber_NamesTheBatchAndKeepsTheLastGoodCheckpoint()
    {
        using var folder = new TemporaryFolder();
        using VisionModule module = SmallRun.Module();
        var losses = new List<double>();
        var loss = new BreakingLoss(new ClassificationLoss((ClassificationTask)module.Task), breaksAt: 7);

        TrainingException error = Assert.Throws<TrainingException>(() => Trainer(module, loss, folder, losses).Run(SmallRun.Data()));

        Assert.StartsWith("The loss of step 7 is NaN (cross_entropy NaN); the batch was tile-", error.Message, StringComparison.Ordinal);
        Assert.Contains("The checkpoint of step 4 is whole", error.Message, StringComparison.Ordinal);
        Assert.Equal(6, error.Step);
        Assert.Equal(6, losses.Count);
        AssertGoesOn(folder, from: 4);
    }

    [TorchFact]
    public void Run_LossExplodes_EndsBeforeTheCheckpointIsSpoilt()
    {
        using var folder = new TemporaryFolder();
        using VisionModule module = SmallRun.Module();
        TrainerOptions options = SmallRun.Options(folder.Run, []) with { Optimizer = new SgdSpec { LearningRate = 1e30 }, GradientNorm = null };
        TrainingException error = Assert.Throws<TrainingException>(() => new Trainer<ClassificationExample>(module, options).Run(SmallRun.Data()));
        Assert.Contains("smaller learning rate", error.Message, StringComparison.Ordinal);
        Assert.All(Values(error.Checkpoint!), value => Assert.True(float.IsFinite(value)));
    }

    [TorchTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_DiskIsFull_SaysSoAndKeepsTheLastGoodCheckpoint(int goodFiles)
    {
        using var folder = new TemporaryFolder();
        using VisionModule module = SmallRun.Module();
        int files = 0;
        var trainer = new Trainer<ClassificationExample>(module, SmallRun.Options(folder.Run, []))
        {
            CreateFile = path => new FileStream(path, FileMode.Create, FileAccess.Write) is var file && ++files > goodFiles ? new FullDisk(file, 100_000) : file,
        };

        TrainingException error = Assert.Throws<TrainingException>(() => trainer.Run(SmallRun.Data()));

        int lastGood = 4 * (goodFiles - 1);
        Assert.StartsWith($"The checkpoint of step {lastGood + 4} cannot be written into ", error.Message, StringComparison.Ordinal);
        Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Contains($"The checkpoint of step {lastGood} is whole", error.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(error.InnerException);
        Assert.Empty(Directory.GetFiles(folder.Run, "*.tmp"));
        AssertGoesOn(folder, lastGood);
    }

    [TorchFact]
    public void Run_FolderCannotBeMade_SaysSoBeforeAnyStep()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Run, "a file stands in the way");
        using VisionModule module = SmallRun.Module();
        var losses = new List<double>();
        TrainingException error = Assert.Throws<TrainingException>(
            () => new Trainer<ClassificationExample>(module, SmallRun.Options(folder.Run, losses)).Run(SmallRun.Data()));
        Assert.StartsWith("The folder of the run cannot be made", error.Message, StringComparison.Ordinal);
        Assert.Empty(losses);
    }

    [TorchFact]
    public void Run_CheckpointIsCutOff_IsAnErrorThatSaysWhichFile()
    {
        using var folder = new TemporaryFolder();
        using VisionModule module = SmallRun.Module();
        new Trainer<ClassificationExample>(module, SmallRun.Options(folder.Run, [])).Run(SmallRun.Data());
        string path = Path.Combine(folder.Run, "last.safetensors");
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        WeightsException error = Assert.Throws<WeightsException>(
            () => new Trainer<ClassificationExample>(module, SmallRun.Options(folder.Run, [])).Run(SmallRun.Data()));
        Assert.Contains("last.safetensors", error.Message, StringComparison.Ordinal);
    }

    private static Trainer<ClassificationExample> Trainer(
        VisionModule module, ITrainingLoss<ClassificationExample> loss, TemporaryFolder folder, List<double> losses) =>
        new(module, loss, module.Preprocessing, SmallRun.Options(folder.Run, losses));

    private static void AssertGoesOn(TemporaryFolder folder, int from)
    {
        using VisionModule module = SmallRun.Module();
        var losses = new List<double>();
        TrainingResult result = new Trainer<ClassificationExample>(module, SmallRun.Options(folder.Run, losses)).Run(SmallRun.Data());
        Assert.Equal(14 - from, losses.Count);
        Assert.Equal(TrainingOutcome.Completed, result.Outcome);
    }

    private static IEnumerable<float> Values(string path)
    {
        using WeightFile file = WeightFile.Open(path);
        foreach (WeightHandle handle in file.Tensors.Values)
        {
            var values = new float[handle.Shape.ElementCount];
            handle.ReadFloats(values);
            foreach (float value in values)
            {
                yield return value;
            }
        }
    }

    private sealed class BreakingLoss(ITrainingLoss<ClassificationExample> loss, int breaksAt) : ITrainingLoss<ClassificationExample>
    {
        private int _calls;

        public string Describe() => loss.Describe();

        public LossValues Compute(IReadOnlyDictionary<string, Tensor> outputs, TrainingBatch<ClassificationExample> batch)
        {
            LossValues values = loss.Compute(outputs, batch);
            return ++_calls == breaksAt ? new LossValues("cross_entropy", values.Total * double.NaN) : values;
        }
    }

    private sealed class FullDisk(Stream inner, long room) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (inner.Position + count > room)
            {
                throw new IOException("No space left on device");
            }

            inner.Write(buffer, offset, count);
        }

        protected override void Dispose(bool disposing) => inner.Dispose();
    }
}
