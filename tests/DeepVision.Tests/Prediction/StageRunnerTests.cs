using DeepVision.Backbones;
using DeepVision.Components;
using DeepVision.Models;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Tests.Prediction;

public sealed class StageRunnerTests
{
    private static readonly HostTensor Image = new(new TensorShape(1, 3, 32, 32));

    [Theory]
    [InlineData(1, new[] { 16 })]
    [InlineData(16, new[] { 16 })]
    [InlineData(17, new[] { 32 })]
    [InlineData(64, new[] { 64 })]
    [InlineData(65, new[] { 64, 16 })]
    [InlineData(300, new[] { 64, 64, 64, 64, 64 })]
    public void Run_ManyRows_RunInPartsOfFewShapes(int rows, int[] parts)
    {
        var engine = new DoublingEngine();

        IReadOnlyDictionary<string, HostTensor> outputs = Runner(engine, new CountingStep(rows, mostRows: 64)).Run(Image, []);

        Assert.Equal(parts, engine.Parts.Select(part => part.Shape.Batch));
        Assert.All(engine.Parts, part => Assert.Equal(new TensorShape(part.Shape.Batch, 2, 1, 1), part.Shape));
        Assert.Equal(Enumerable.Range(0, 2 * rows).Select(i => 2f * i), outputs["second"].Values.ToArray());
        Assert.Equal(rows, outputs["kept"].Shape[0]);
        Assert.Contains("first", outputs.Keys);
    }

    [Fact]
    public void Run_LastPart_IsFilledUpWithZeros()
    {
        var engine = new DoublingEngine();

        Runner(engine, new CountingStep(rows: 66, mostRows: 64)).Run(Image, []);

        // The memory of an earlier part may be used again; nothing of it shows.
        Assert.All(engine.Copies[1][4..], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Run_WithoutBound_RunsAllRowsAsTheyAre()
    {
        var engine = new DoublingEngine();

        Runner(engine, new CountingStep(rows: 37, mostRows: int.MaxValue)).Run(Image, []);

        Assert.Equal([37], engine.Parts.Select(part => part.Shape.Batch));
    }

    [Fact]
    public void Run_NoRows_LeavesTheStageOut()
    {
        var engine = new DoublingEngine();

        IReadOnlyDictionary<string, HostTensor> outputs = Runner(engine, new CountingStep(rows: 0, mostRows: 64)).Run(Image, []);

        Assert.Empty(engine.Parts);
        Assert.DoesNotContain("second", outputs.Keys);
    }

    [Fact]
    public void Run_StepMayUseTheEnginesThreads()
    {
        var step = new CountingStep(rows: 1, mostRows: 64);

        Runner(new DoublingEngine(), step).Run(Image, []);

        Assert.Equal(3, step.Threads);
    }

    [Fact]
    public void Describe_Parts_AreWhatIsPlanned()
    {
        string text = Runner(new DoublingEngine(), new CountingStep(rows: 5, mostRows: 64)).Describe(Image.Shape);

        Assert.Equal("main 1x3x32x32;then, on the host: counting\nrows 64x2x1x1;", text);
    }

    [Theory]
    [InlineData(64, 1)]
    [InlineData(130, 3)]
    [InlineData(0, 0)]
    public void Recycle_OutputsOfAllStages_GivesEachBackOnce(int rows, int parts)
    {
        var engine = new DoublingEngine();
        var step = new CountingStep(rows, mostRows: 64);
        StageRunner runner = Runner(engine, step);
        IReadOnlyDictionary<string, HostTensor> outputs = runner.Run(Image, []);

        // Parts that were put together are copies already.
        Assert.Equal(parts > 1 ? parts : 0, engine.Recycled.Count);
        Assert.Equal(Enumerable.Range(0, 2 * rows).Select(i => 2f * i), rows == 0 ? [] : outputs["second"].Values.ToArray());
        Assert.Equal(0, step.Released);
        runner.Recycle(outputs);

        Assert.Equal(1, engine.Recycled.Count(given => given.Stage == "main"));
        Assert.Equal(parts, engine.Recycled.Count(given => given.Stage == "rows"));
        Assert.Equal(engine.Recycled.Count, engine.Recycled.Select(given => given.Outputs).Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.Equal(1, step.Released);
    }

    [Fact]
    public void Run_PartsOfOtherShapes_LieInTheSameMemory()
    {
        var engine = new DoublingEngine();
        StageRunner runner = Runner(engine, new CountingStep(rows: 66, mostRows: 64));

        runner.Run(Image, []);
        runner.Run(Image, []);

        Assert.Equal([64, 16, 64, 16], engine.Parts.Select(part => part.Shape.Batch));
        Assert.All(engine.Parts, part => Assert.Same(engine.Parts[0].Room, part.Room));
    }

    private static StageRunner Runner(IModelEngine engine, HostStep step)
    {
        using VisionModel model = VisionModel.Create().UseResNet(ResNetSpec.ResNet18).Build();
        return new StageRunner(engine, [new ModelStage("main", model.Graph), new ModelStage("rows", model.Graph) { Step = step }]);
    }

    private sealed class CountingStep(int rows, int mostRows) : HostStep
    {
        public int Threads { get; private set; }

        public int Released { get; private set; }

        public override int MaxRows => mostRows;

        public override string Describe() => "counting";

        public override TensorShape TypicalInput(TensorShape image) => new(100, 2, 1, 1);

        public override HostStepResult Run(
            IReadOnlyDictionary<string, HostTensor> outputs, IReadOnlyList<PreparedGeometry> geometries, int threads)
        {
            Threads = threads;
            return new HostStepResult(
                new TensorShape(rows, 2, 1, 1),
                (first, destination) =>
                {
                    for (int i = 0; i < destination.Length; i++)
                    {
                        destination.Span[i] = (2 * first) + i;
                    }
                },
                new Dictionary<string, HostTensor> { ["kept"] = new(new TensorShape(rows, 5)) })
            {
                Release = () => Released++,
            };
        }
    }

    /// <summary>Doubles what the second stage is given.</summary>
    private sealed class DoublingEngine : IModelEngine
    {
        public List<HostTensor> Parts { get; } = [];

        public List<float[]> Copies { get; } = [];

        public List<(string Stage, IReadOnlyDictionary<string, HostTensor> Outputs)> Recycled { get; } = [];

        public string Description => "doubling";

        public int HostThreads => 3;

        public string Describe(string stage, TensorShape input) => $"{stage} {input};";

        public IReadOnlyDictionary<string, HostTensor> Run(string stage, HostTensor input)
        {
            if (stage == "main")
            {
                return new Dictionary<string, HostTensor> { ["first"] = input };
            }

            Parts.Add(input);
            Copies.Add(input.Values.ToArray());
            float[] doubled = [.. input.Values.ToArray().Select(value => 2 * value)];
            return new Dictionary<string, HostTensor> { ["second"] = new(new TensorShape(input.Shape.Batch, 2), doubled) };
        }

        public void Recycle(string stage, IReadOnlyDictionary<string, HostTensor> outputs) => Recycled.Add((stage, outputs));

        public void Dispose()
        {
        }
    }
}
