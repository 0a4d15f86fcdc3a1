using DeepVision.Cpu;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Tests.Cpu.Planning;

/// <summary>Layers that stand on several maps with one set of weights, as a detector's head on the levels of a pyramid.</summary>
public sealed class SharedLayerTests
{
    private const double GraphTolerance = 2e-5;
    private static readonly string[] Levels = ["a", "b", "c", "d"];

    [Theory]
    [InlineData(1, 75, 91, 40, false)]
    [InlineData(3, 64, 64, 32, false)]
    [InlineData(2, 47, 130, 24, true)]
    public void Run_AllLevels_GivesTheBitsOfEachLevelAlone(int batch, int height, int width, int channels, bool exactMath)
    {
        HostTensor image = SampleGraphs.Image(batch, height, width);
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            foreach (int threads in new[] { 1, 2 })
            {
                var options = new CpuOptions { InstructionSet = set, Threads = threads, ExactMath = exactMath };
                using CpuGraph graph = CpuGraph.Compile(Detector(channels), new HashedValues(), options);
                IReadOnlyDictionary<string, HostTensor> together = graph.Run(image);
                Assert.Equal(2 * Levels.Length, together.Count);
                foreach ((string name, HostTensor tensor) in together)
                {
                    float[] alone = graph.Run([name], image)[name].Values.ToArray();
                    Assert.True(tensor.Values.SequenceEqual(alone), $"{set}, {threads} threads: '{name}' differs.");
                }
            }
        }
    }

    [Fact]
    public void Plan_LayerOfTheHead_IsOneStepOnAllLevels()
    {
        var shape = new TensorShape(1, 3, 128, 160);
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            var options = new CpuOptions { InstructionSet = set };
            using CpuGraph graph = CpuGraph.Compile(Detector(64), new HashedValues(), options, new TensorShape(1, 3, 640, 640));
            foreach (string layer in new[] { "conv1", "conv2", "norm", "relu", "filter", "scores" })
            {
                Step[] steps = [.. graph.PlanFor(shape).Steps.Where(step => step.Name.StartsWith($"head.{layer}@", StringComparison.Ordinal))];
                Assert.All(steps, step => Assert.Equal($"head.{layer}@a,b,c,d", step.Name));
                Assert.InRange(steps.Length, 1, 2);
            }

            Assert.Single(graph.PlanFor(shape).Steps, step => step.Name == "outputs scores.a, scores.b, scores.c, scores.d");
        }
    }

    [Fact]
    public void Plan_VectorSets_WinogradTakesTheTilesOfAllLevelsInOneProduct()
    {
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            var options = new CpuOptions { InstructionSet = set };
            using CpuGraph graph = CpuGraph.Compile(Detector(64), new HashedValues(), options, new TensorShape(1, 3, 640, 640));
            string text = graph.PlanFor(new TensorShape(1, 3, 128, 160)).ToString();

            // Maps of 32 x 40, 16 x 20, 8 x 10 and 4 x 5: 80 + 20 + 6 + 2 tiles.
            Assert.Contains("head.conv1@a,b,c,d: Winograd F(4,3) 3x3 p1 tiles 108 ", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Run_SharedLayersThatWaitForEachOther_AreNotJoined()
    {
        HostTensor image = SampleGraphs.Image(2, 19, 22);
        ModelGraph network = Entangled();
        using CpuGraph reference = CpuGraph.Compile(network, new HashedValues(), new CpuOptions { InstructionSet = CpuInstructionSet.Scalar });
        IReadOnlyDictionary<string, HostTensor> expected = reference.Run(image);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            using CpuGraph graph = CpuGraph.Compile(network, new HashedValues(), new CpuOptions { InstructionSet = set });
            foreach ((string name, HostTensor found) in graph.Run(image))
            {
                Closeness.AssertClose(expected[name].Values.ToArray(), found.Values.ToArray(), GraphTolerance, $"{set} {name}");
            }
        }
    }

    [Fact]
    public void Order_AnyGraph_HasEachNodeOnceAndAfterItsInputs()
    {
        foreach (ModelGraph graph in new[] { Detector(16), Entangled(), SampleGraphs.Residual() })
        {
            var made = new HashSet<GraphValue>(graph.Inputs);
            foreach (IReadOnlyList<GraphNode> unit in NodeOrder.Of(graph).Units)
            {
                Assert.All(unit, node => Assert.All(node.Inputs, input => Assert.Contains(input, made)));
                Assert.All(unit, node => Assert.True(made.Add(node.Output), $"'{node.Name}' runs twice."));
            }

            Assert.Equal(graph.Inputs.Count + graph.Nodes.Count, made.Count);
        }
    }

    /// <summary>Four levels, each half the one before, and a head on them with every kind of layer that is joined.</summary>
    private static ModelGraph Detector(int channels)
    {
        var builder = new GraphBuilder("detector");
        GraphValue value = builder.Root.Convolution(
            "stem", builder.Input("image", 3), new Convolution { OutChannels = channels, Kernel = 3, Padding = 1, Stride = 2, Activation = Activation.Relu });
        foreach (string level in Levels)
        {
            value = builder.Root.Convolution(
                $"down_{level}", value, new Convolution { OutChannels = channels, Kernel = 3, Padding = 1, Stride = 2, Activation = Activation.Relu });
            AddHead(builder, builder.Root.Enter("head").Tagged(level), level, value, channels);
        }

        return builder.Build();
    }

    private static void AddHead(GraphBuilder builder, GraphScope head, string level, GraphValue value, int channels)
    {
        var filter = new Convolution { OutChannels = channels, Kernel = 3, Padding = 1, HasBias = true };
        GraphValue first = head.Activate("relu1", head.Add("conv1", filter, value), Activation.Relu);
        GraphValue second = head.Add("sum", new Add(), head.Add("conv2", filter, first), value);
        GraphValue third = head.Add("norm", new GroupNorm { Groups = 4 }, second);
        third = head.Activate("relu", third, Activation.Relu);
        third = head.Add("filter", filter with { Groups = channels, Activation = Activation.HardSwish }, third);
        builder.Output($"scores.{level}", head.Add("scores", new Convolution { OutChannels = 21, Kernel = 1, HasBias = true }, third));
        builder.Output($"boxes.{level}", head.Add("boxes", new Convolution { OutChannels = 4, Kernel = 3, Padding = 1, HasBias = true }, second));
    }

    /// <summary>A layer behind itself, and two layers in both orders.</summary>
    private static ModelGraph Entangled()
    {
        var builder = new GraphBuilder("entangled");
        var layer = new Convolution { OutChannels = 20, Kernel = 3, Padding = 1, HasBias = true };
        GraphValue stem = builder.Root.Add("stem", layer, builder.Input("image", 3));
        GraphValue again = builder.Root.Tagged("two").Add("same", layer, builder.Root.Tagged("one").Add("same", layer, stem));
        GraphValue left = builder.Root.Tagged("left").Add("second", layer, builder.Root.Tagged("left").Add("first", layer, again));
        GraphValue right = builder.Root.Tagged("right").Add("first", layer, builder.Root.Tagged("right").Add("second", layer, again));
        builder.Output("left", left);
        builder.Output("right", right);
        return builder.Build();
    }
}
