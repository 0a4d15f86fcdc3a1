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
    }

    [Fact]
    public void Compile_ExactMath_SumsAllDirectly()
    {
        Assert.DoesNotContain("Winograd", Plan(new CpuOptions { ExactMath = true }), StringComparison.Ordinal);
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

        Assert.Contains("three: Winograd", graph.PlanFor(new TensorShape(1, 16, 300, 300)).ToString(), StringComparison.Ordinal);
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
