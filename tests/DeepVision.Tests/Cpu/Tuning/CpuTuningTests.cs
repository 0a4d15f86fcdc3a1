using DeepVision.Cpu;
using DeepVision.Prediction;
using DeepVision.Tensors;

namespace DeepVision.Tests.Cpu.Tuning;

public sealed class CpuTuningTests
{
    // Vectors of some width, since the reference has one algorithm for everything.
    private static readonly CpuOptions s_options = new()
    {
        Threads = 2,
        InstructionSet = InstructionSetData.Vectors[0],
        TypicalImage = new Size2D(64, 64),
    };

    [AcceleratedFact]
    public void TuneForCpu_DetectorWithSharedLayers_TimesEveryAlgorithmOfEachLayerOnce()
    {
        using VisionModel model = VisionModel.FromPreset("fashion_scenes_retinanet").InitializeWeights().Build();

        CpuTuning tuning = model.TuneForCpu(s_options);

        Assert.Equal(("fashion_scenes_retinanet", s_options.InstructionSet, 2, new Size2D(64, 64)), (tuning.Model, tuning.InstructionSet, tuning.Threads, tuning.Image));
        Assert.NotEmpty(tuning.Layers);
        Assert.Equal(tuning.Layers.Count, tuning.Layers.Select(layer => layer.Path).Distinct().Count());
        Assert.Single(tuning.Layers, layer => layer.Path == "head.classification_head.cls_logits");
        Assert.All(tuning.Layers, layer =>
        {
            Assert.Equal(["Direct", "Winograd2", "Winograd4"], layer.Milliseconds.Keys.Order(StringComparer.Ordinal));
            Assert.All(layer.Milliseconds.Values, time => Assert.InRange(time, 1e-6, 60_000));
            Assert.Contains(layer.Algorithm, layer.Milliseconds.Keys);
        });
    }

    /// <summary>Threads that are held up between a step's end and the clock must not end it behind the next one: other work takes the processors away.</summary>
    [AcceleratedFact]
    public void RunTimed_BesideOtherWork_GivesNoStepANegativeTime()
    {
        using var done = new CancellationTokenSource();
        Thread[] others = [.. Enumerable.Range(0, Environment.ProcessorCount + 1).Select(_ => new Thread(() =>
        {
            while (!done.IsCancellationRequested)
            {
                Thread.SpinWait(1000);
            }
        }))];
        Array.ForEach(others, other => other.Start());
        using VisionModel model = Classifier();
        var shape = new TensorShape(1, 3, 32, 32);
        using CpuGraph graph = CpuGraph.Compile(model.Graph, model.Weights, s_options with { Threads = 8 });
        HostTensor[] outputs = [.. graph.OutputShapes(shape).Select(output => new HostTensor(output))];

        double least = 0;
        for (int run = 0; run < 3000 && least >= 0; run++)
        {
            least = Math.Min(least, graph.RunTimed([SampleGraphs.Image(1, 32, 32)], outputs).Min());
        }

        done.Cancel();
        Array.ForEach(others, other => other.Join());
        Assert.Equal(0, least);
    }

    [AcceleratedFact]
    public void Compile_WithTuning_DoesWhatItSaysAndStaysCloseToTheDirectSums()
    {
        using VisionModel model = Classifier();
        CpuTuning tuning = Alternating(model.TuneForCpu(s_options));
        using CompiledModel tuned = model.CompileForCpu(s_options with { Tuning = tuning });
        using CompiledModel again = model.CompileForCpu(s_options with { Tuning = tuning, Threads = 1 });
        using CompiledModel exact = model.CompileForCpu(s_options with { ExactMath = true });
        HostTensor image = SampleGraphs.Image(1, 64, 64);

        string plan = tuned.DescribePlan(image.Shape);
        Assert.Contains(tuning.Identity, plan, StringComparison.Ordinal);
        foreach (TunedLayer layer in tuning.Layers)
        {
            string line = Assert.Single(plan.Split('\n'), line => line.Contains($" {layer.Path}: ", StringComparison.Ordinal) && !line.Contains("points of", StringComparison.Ordinal));
            Assert.Equal(layer.Algorithm == "Winograd4", line.Contains("F(4,3)", StringComparison.Ordinal));
            Assert.Equal(layer.Algorithm == "Winograd2", line.Contains("F(2,3)", StringComparison.Ordinal));
        }

        float[] found = Output(tuned, image);
        Assert.Equal(found, Output(again, image));
        Closeness.AssertClose(Output(exact, image), found, 2e-5, "tuned");
    }

    [AcceleratedFact]
    public void SaveAndLoad_GiveTheSameTuning()
    {
        using VisionModel model = Classifier();
        CpuTuning tuning = model.TuneForCpu(s_options);
        string path = Path.GetTempFileName();
        try
        {
            tuning.Save(path);
            CpuTuning loaded = CpuTuning.Load(path);

            Assert.Equal(tuning.ToString(), loaded.ToString());
            Assert.Equal(tuning.Identity, loaded.Identity);
            Assert.Equal(tuning.Threads, loaded.Threads);
            Assert.Equal(tuning.Layers.Select(layer => (layer.Path, layer.Algorithm)), loaded.Layers.Select(layer => (layer.Path, layer.Algorithm)));
            Assert.Equal(tuning.Layers.Select(layer => layer.Milliseconds.Count), loaded.Layers.Select(layer => layer.Milliseconds.Count));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [AcceleratedFact]
    public void Compile_TuningOfAnotherModel_NamesALayer()
    {
        using VisionModel small = Classifier();
        using VisionModel large = VisionModel.FromPreset("cifar_resnet32").InitializeWeights().Build();
        CpuTuning forSmall = small.TuneForCpu(s_options);
        CpuTuning forLarge = large.TuneForCpu(s_options);

        ArgumentException missing = Assert.Throws<ArgumentException>(() => large.CompileForCpu(s_options with { Tuning = forSmall }));
        Assert.Contains("'layer1.3.conv1'", missing.Message, StringComparison.Ordinal);
        ArgumentException unknown = Assert.Throws<ArgumentException>(() => small.CompileForCpu(s_options with { Tuning = forLarge }));
        Assert.Contains("'layer1.3.conv1'", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("TuneForCpu", unknown.Message, StringComparison.Ordinal);
    }

    [AcceleratedFact]
    public void Compile_TuningThatContradictsTheOptions_SaysWhat()
    {
        using VisionModel model = Classifier();
        CpuTuning tuning = model.TuneForCpu(s_options);

        ArgumentException both = Assert.Throws<ArgumentException>(
            () => model.CompileForCpu(s_options with { Tuning = tuning, ExactMath = true }));
        Assert.Contains(nameof(CpuOptions.ExactMath), both.Message, StringComparison.Ordinal);
        ArgumentException set = Assert.Throws<ArgumentException>(
            () => model.CompileForCpu(s_options with { Tuning = tuning, InstructionSet = CpuInstructionSet.Scalar }));
        Assert.Contains("Scalar", set.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.TuneForCpu(s_options with { Tuning = tuning }));
        Assert.Throws<ArgumentException>(() => model.TuneForCpu(s_options with { ExactMath = true }));
        Assert.Throws<OperationCanceledException>(() => model.TuneForCpu(s_options, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("{}", "deepvisionTuning")]
    [InlineData("[1]", "Array")]
    [InlineData("""{"deepvisionTuning":2}""", "found 2")]
    [InlineData("""{"deepvisionTuning":1,"model":"m","instructionSet":"Mmx"}""", "found 'Mmx'")]
    [InlineData("""{"deepvisionTuning":1,"model":"m","instructionSet":"Avx2","threads":1,"height":1,"width":1,"layers":[{"path":"w","algorithm":"2"}]}""", "found '2'")]
    [InlineData("""{"deepvisionTuning":1,"model":"m","instructionSet":"Avx2","threads":1,"height":1,"width":1,"layers":[{"path":"w","algorithm":"Direct","milliseconds":{}},{"path":"w","algorithm":"Direct","milliseconds":{}}]}""", "w")]
    public void Load_FileThatIsNoTuning_SaysWhatIsWrongAndWhatToDo(string content, string expected)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, content);

            InvalidDataException error = Assert.Throws<InvalidDataException>(() => CpuTuning.Load(path));

            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
            Assert.Contains("TuneForCpu", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static VisionModel Classifier() => VisionModel.FromPreset("cifar_resnet20").InitializeWeights().Build();

    /// <summary>The same layers with algorithms that no timing would choose all together.</summary>
    private static CpuTuning Alternating(CpuTuning tuning)
    {
        string[] algorithms = ["Direct", "Winograd2", "Winograd4"];
        return new CpuTuning(
            tuning.Model,
            tuning.InstructionSet,
            tuning.Threads,
            tuning.Image,
            [.. tuning.Layers.Select((layer, index) => layer with { Algorithm = algorithms[index % 3] })]);
    }

    private static float[] Output(CompiledModel model, HostTensor image) => [.. model.Run(image).OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.Values.ToArray())];
}
