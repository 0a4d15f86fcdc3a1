using System.Text.Json;
using DeepVision.Heads;
using DeepVision.Metrics;
using DeepVision.Tensors;
using DeepVision.Tests.Parity;
using DeepVision.Tests.Torch.Training;
using DeepVision.Torch;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch;

/// <summary>The losses that a module gives by itself; TrainingStepParityTests holds those of chosen losses against Python's.</summary>
public sealed class VisionModuleLossesTests
{
    private const double LossTolerance = 1e-5;
    private const string Detector = "retinanet_resnet50_fpn_eps1e5";

    [TorchFact]
    public void Losses_OfARetinaNet_AreTorchvisions()
    {
        JsonElement golden = TrainingGolden.Load(Detector).GetProperty("losses");
        using VisionModule module = Generated(Detector);
        using TrainingBatch<DetectionExample> batch = new(
            ParityImages.Batch(2, 64, 96).ToTorch(),
            [.. Enumerable.Range(0, 2).Select(n => Counted(TrainingGolden.Objects(n, module.Labels.Count, 64, 96)))]);

        using LossValues losses = module.Losses(batch);

        Assert.Equal(["classification", "bbox_regression"], losses.Parts.Select(part => part.Key));
        Assert.All(losses.Parts, part =>
        {
            double expected = golden.GetProperty(part.Key).GetDouble(), found = part.Value.detach().item<float>();
            Assert.True(Math.Abs(found - expected) <= LossTolerance * expected, $"{part.Key}: expected {expected:R}, found {found:R}");
        });
    }

    [TorchFact]
    public void Losses_InALoopOfOnesOwn_LearnWithAnOptimizerOfTorchSharps()
    {
        using VisionModule module = SmallRun.Module(dropout: 0);
        using optim.Optimizer optimizer = optim.SGD(module.parameters(), 0.05, momentum: 0.9);
        using var loader = new TrainingLoader<ClassificationExample>(SmallRun.Data(), module.Preprocessing, new LoaderOptions { BatchSize = 8 });
        var values = new List<double>();
        for (int step = 0; step < 30; step++)
        {
            using TrainingBatch<ClassificationExample> batch = loader.Next();
            using LossValues losses = module.Losses(batch);
            optimizer.zero_grad();
            losses.Total.backward();
            optimizer.step();
            values.Add(losses.Total.detach().item<float>());
        }

        Assert.True(values[^5..].Average() < 0.6 * values[..5].Average(), $"{values[..5].Average()} -> {values[^5..].Average()}");
    }

    [TorchFact]
    public void Losses_WithinAScope_LeaveNothingElseInIt()
    {
        using VisionModule module = SmallRun.Module();
        using TrainingBatch<ClassificationExample> batch = Classes(0, 1);
        using DisposeScope scope = NewDisposeScope();

        LossValues losses = module.Losses(batch);

        Assert.Same(losses.Total, Assert.Single(scope.DisposablesView));
    }

    [TorchFact]
    public void Losses_InEvaluationMode_SayWhatToDo()
    {
        using VisionModule module = SmallRun.Module();
        using TrainingBatch<ClassificationExample> batch = Classes(0, 1);
        module.eval();

        var error = Assert.Throws<InvalidOperationException>(() => module.Losses(batch));

        Assert.Contains("is in evaluation mode", error.Message, StringComparison.Ordinal);
        Assert.Contains("Call train()", error.Message, StringComparison.Ordinal);
    }

    [TorchTheory]
    [InlineData(3, "Example 1 of the batch is of class 3; the model has 3 classes.")]
    [InlineData(-1, "Example 1 of the batch cannot be learnt: The class must be 0 or more; found -1.")]
    public void Losses_OfAClassThatIsNot_NameTheExample(int index, string message)
    {
        using VisionModule module = SmallRun.Module();
        using TrainingBatch<ClassificationExample> batch = Classes(0, index);

        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => module.Losses(batch)).Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Losses_OfABoxWithoutArea_NameTheExample()
    {
        using VisionModule module = SmallRun.Module();
        using var batch = new TrainingBatch<DetectionExample>(
            zeros(1, 3, 32, 32), [new DetectionExample(TestImages.Places(1, 1), [new GroundTruthBox(new Box(4, 4, 4, 9), 0)])]);

        var error = Assert.Throws<ArgumentException>(() => module.Losses(batch, new Unused()));

        Assert.StartsWith("Example 0 of the batch cannot be learnt: Object 0 has a box without area", error.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Losses_WithTargetsOfAnotherTask_ListTheLossesThatThereAre()
    {
        using VisionModule module = SmallRun.Module();
        using var batch = new TrainingBatch<DetectionExample>(zeros(1, 3, 32, 32), [TrainingGolden.Nothing(32, 32)]);

        string message = Assert.Throws<ArgumentException>(() => module.Losses(batch)).Message;

        Assert.Contains("ClassificationTask) with DetectionExample", message, StringComparison.Ordinal);
        Assert.Contains("RetinaNetTask with DetectionExample", message, StringComparison.Ordinal);
    }

    private static TrainingBatch<ClassificationExample> Classes(params int[] classes) => new(
        zeros(classes.Length, 3, 12, 12), [.. classes.Select(index => new ClassificationExample(TestImages.Places(12, 12), index))]);

    private static DetectionExample Counted(DetectionExample example) =>
        example with { Objects = [.. example.Objects.Where(thing => !thing.Ignore)] };

    private static VisionModule Generated(string name)
    {
        using VisionModel model = ParityModels.WithGeneratedWeights(ParityModels.Builder(name));
        return model.ToTorchSharp();
    }

    private sealed class Unused : ITrainingLoss<DetectionExample>
    {
        public LossValues Compute(IReadOnlyDictionary<string, Tensor> outputs, TrainingBatch<DetectionExample> batch) =>
            throw new InvalidOperationException("The targets are looked at before.");
    }
}
