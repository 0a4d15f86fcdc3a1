using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Graphs.Passes;
using DeepVision.Tensors;

namespace DeepVision.Tests.Graphs;

public sealed class GraphPassesTests
{
    [Fact]
    public void ForInference_ResidualBlock_BecomesThreeConvolutions()
    {
        var builder = new GraphBuilder("block");
        GraphScope scope = builder.Root;
        GraphValue image = builder.Input("image", 4);
        GraphValue a = Block(scope, "1", image, 4);
        a = scope.Activate("relu1", a, Activation.Relu);
        a = Block(scope, "2", a, 8);
        GraphValue identity = Block(scope, "downsample", image, 8);
        GraphValue sum = scope.Add("sum", new Add(), a, identity);
        sum = scope.Activate("relu2", sum, Activation.Relu);
        builder.Output("y", scope.Add("dropout", new Dropout(), sum));

        ModelGraph graph = builder.Build().ForInference();

        Assert.Equal(["1.conv", "2.conv", "downsample.conv"], graph.Nodes.Select(node => node.Name));
        var last = Assert.IsType<Convolution>(graph.Nodes[2].Operation);
        Assert.True(last.AddsResidual);
        Assert.Equal(Activation.Relu, last.Activation);
        Assert.Equal(graph.Nodes[1].Output, graph.Nodes[2].Inputs[1]);
    }

    [Fact]
    public void FuseEpilogues_ValueReadTwice_StaysUnfused()
    {
        var builder = new GraphBuilder("tap");
        GraphValue image = builder.Input("image", 4);
        GraphValue convolved = builder.Root.Convolution("conv", image, new Convolution { OutChannels = 4, Kernel = 1 });
        builder.Output("raw", convolved);
        builder.Output("y", builder.Root.Activate("relu", convolved, Activation.Relu));

        ModelGraph graph = builder.Build().FuseEpilogues();

        Assert.Equal(2, graph.Nodes.Count);
    }

    [Fact]
    public void FoldBatchNorm_UsesOwnEpsilonAndRoundsOnce()
    {
        var builder = new GraphBuilder("fold");
        GraphValue image = builder.Input("image", 1);
        GraphValue value = builder.Root.Convolution("conv", image, new Convolution { OutChannels = 1, Kernel = 1 });
        builder.Output("y", builder.Root.Normalize("bn", value, Normalization.BatchNormWith(epsilon: 0.5f)));
        GraphNode node = Assert.Single(builder.Build().FoldBatchNorm().Nodes);
        var values = new NamedValues
        {
            ["conv.weight"] = 3, ["bn.weight"] = 0.7f, ["bn.bias"] = 0.1f, ["bn.running_mean"] = 2, ["bn.running_var"] = 0.25f,
        };

        var weight = new float[1];
        var bias = new float[1];
        node.Parameters[0].Derivation!.Evaluate(values, weight);
        node.Parameters[1].Derivation!.Evaluate(values, bias);

        double factor = 0.7f / Math.Sqrt(0.75);
        Assert.Equal((float)(3 * factor), weight[0]);
        Assert.Equal((float)(0.1f - (2 * factor)), bias[0]);
    }

    [Fact]
    public void FoldBatchNorm_SharedConvolution_IsFoldedOnce()
    {
        var builder = new GraphBuilder("shared");
        foreach (string level in new[] { "P3", "P4" })
        {
            GraphValue image = builder.Input(level, 4);
            builder.Output("y" + level, Block(builder.Root.Tagged(level), "conv", image, 4));
        }

        ModelGraph graph = builder.Build().FoldBatchNorm();

        Assert.Equal(2, graph.Nodes.Count);
        Assert.Equal(2, graph.Parameters.Count);
    }

    private static GraphValue Block(GraphScope scope, string name, GraphValue input, int channels)
    {
        scope = scope.Enter(name);
        GraphValue value = scope.Convolution("conv", input, new Convolution { OutChannels = channels, Kernel = 3, Padding = 1 });
        return scope.Normalize("bn", value, Normalization.BatchNorm);
    }

    private sealed class NamedValues : Dictionary<string, float>, IParameterValues
    {
        public void Read(Parameter parameter, Span<float> destination) => destination.Fill(this[parameter.Name]);
    }
}
