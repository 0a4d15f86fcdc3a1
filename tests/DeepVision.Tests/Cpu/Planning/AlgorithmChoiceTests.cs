using DeepVision.Cpu;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Prediction;
using DeepVision.Tensors;

namespace DeepVision.Tests.Cpu.Planning;

public sealed class AlgorithmChoiceTests
{
    [Fact]
    public void Compile_ResNet_TakesWinogradForStrideOneOnly()
    {
        string plan = Plan(new CpuOptions());

        Assert.Contains("layer1.0.conv2: Winograd F(4,3)", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("layer2.0.conv1: Winograd", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_LargerTypicalImage_TakesWinogradForTheLastStageToo()
    {
        string plan = Plan(new CpuOptions { TypicalImage = new Size2D(800, 800) });

        Assert.Contains("layer4.1.conv2: Winograd F(4,3)", plan, StringComparison.Ordinal);
        Assert.Contains("bytes of scratch; algorithms are those for inputs of 800x800\n", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_ExactMath_SumsAllDirectly()
    {
        string plan = Plan(new CpuOptions { ExactMath = true });

        Assert.DoesNotContain("Winograd", plan, StringComparison.Ordinal);
        Assert.Contains("bytes of scratch; all convolutions are direct, since exact math was asked for\n", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_NothingToChoose_SaysNothing()
    {
        var options = new CpuOptions { InstructionSet = CpuInstructionSet.Scalar };
        using CpuGraph graph = CpuGraph.Compile(SampleGraphs.Residual(), new HashedValues(), options);

        Assert.DoesNotContain("algorithms", graph.PlanFor(new TensorShape(1, 3, 64, 64)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_TypicalImageThatTheNetworkDoesNotTake_NamesTheNode()
    {
        using VisionModel model = VisionModel.FromPreset("yolox_nano").InitializeWeights().Build();

        ModelBuildException error = Assert.Throws<ModelBuildException>(
            () => model.CompileForCpu(new CpuOptions { TypicalImage = new Size2D(225, 225) }));

        Assert.Contains("divisible by 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_NetworkThatNeedsMoreThanTheTypicalImage_ChoosesForALargerOne()
    {
        var builder = new GraphBuilder("large");
        GraphValue value = builder.Input("image", 16);
        value = builder.Root.Convolution("three", value, new Convolution { OutChannels = 32, Kernel = 3, Padding = 1 });
        builder.Output("out", builder.Root.Convolution("whole", value, new Convolution { OutChannels = 8, Kernel = 300, Stride = 300 }));
        using CpuGraph graph = CpuGraph.Compile(
            builder.Build(), new HashedValues(), new CpuOptions { InstructionSet = InstructionSetData.Vectors[^1] });

        string plan = graph.PlanFor(new TensorShape(1, 16, 300, 300)).ToString();
        Assert.Contains("three: Winograd", plan, StringComparison.Ordinal);
        Assert.Contains(
            "bytes of scratch; algorithms are those for inputs of 512x512, since the network does not take the typical 224x224 (", plan, StringComparison.Ordinal);
        Assert.Contains("'whole'", plan.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_NetworkThatTakesNoTypicalImage_SaysThatAllAreDirect()
    {
        var builder = new GraphBuilder("vast");
        GraphValue value = builder.Input("image", 16);
        value = builder.Root.Convolution("three", value, new Convolution { OutChannels = 32, Kernel = 3, Padding = 1 });
        builder.Output("out", builder.Root.Convolution("whole", value, new Convolution { OutChannels = 1, Kernel = 1040, Stride = 1040 }));
        // Each thread has a panel of the vast kernel: the number of processors is not to decide whether they fit.
        using CpuGraph graph = CpuGraph.Compile(
            builder.Build(), new HashedValues(), new CpuOptions { InstructionSet = InstructionSetData.Vectors[^1], Threads = 2 });

        string plan = graph.PlanFor(new TensorShape(1, 16, 1040, 1040)).ToString();

        Assert.DoesNotContain("Winograd", plan, StringComparison.Ordinal);
        Assert.Contains("bytes of scratch; all convolutions are direct: the network takes neither 512x512 nor 1024x1024", plan, StringComparison.Ordinal);
        Assert.Contains("the typical 224x224 (", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_TwoInputs_ChoosesForBoth()
    {
        var builder = new GraphBuilder("two");
        GraphValue left = builder.Root.Convolution("left", builder.Input("a", 32), new Convolution { OutChannels = 32, Kernel = 3, Padding = 1 });
        builder.Output("out", builder.Root.Add("sum", new Add(), left, builder.Input("b", 32)));
        using CpuGraph graph = CpuGraph.Compile(
            builder.Build(), new HashedValues(), new CpuOptions { InstructionSet = InstructionSetData.Vectors[^1] });
        var shape = new TensorShape(1, 32, 40, 40);

        Assert.Contains("left: Winograd", graph.PlanFor(shape, shape).ToString(), StringComparison.Ordinal);
    }

    private static string Plan(CpuOptions options)
    {
        using VisionModel model = VisionModel.FromPreset("resnet18").InitializeWeights().Build();
        using CompiledModel compiled = model.CompileForCpu(options with { InstructionSet = InstructionSetData.Vectors[^1] });
        return compiled.DescribePlan(new TensorShape(1, 3, 224, 224));
    }
}
