using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Tests.Graphs;

public sealed class GraphBuilderTests
{
    [Fact]
    public void Build_UnusedNode_IsLeftOut()
    {
        var builder = new GraphBuilder("test");
        GraphValue image = builder.Input("image", 3);
        GraphValue used = Convolve(builder.Root, "used", image);
        Convolve(builder.Root, "unused", used);
        builder.Output("y", used);

        ModelGraph graph = builder.Build();

        Assert.Equal(["used.weight"], graph.Parameters.Select(p => p.Name));
    }

    [Fact]
    public void Build_Twice_Throws()
    {
        var builder = new GraphBuilder("test");
        builder.Output("y", builder.Input("image", 3));
        builder.Build();

        Assert.Throws<InvalidOperationException>(builder.Build);
    }

    [Fact]
    public void Add_SamePathTwice_NamesTheNode()
    {
        var builder = new GraphBuilder("test");
        GraphValue image = builder.Input("image", 3);
        Convolve(builder.Root.Enter("layer"), "conv", image);

        var exception = Assert.Throws<ModelBuildException>(() => Convolve(builder.Root.Enter("layer"), "conv", image));

        Assert.Equal("layer.conv", exception.Component);
    }

    [Fact]
    public void Tagged_SamePath_SharesParameters()
    {
        var builder = new GraphBuilder("test");
        GraphValue image = builder.Input("image", 3);
        builder.Output("a", Convolve(builder.Root.Tagged("P3"), "conv", image));
        builder.Output("b", Convolve(builder.Root.Tagged("P4"), "conv", image));

        ModelGraph graph = builder.Build();

        Assert.Single(graph.Parameters);
        Assert.Equal(["conv@P3", "conv@P4"], graph.Nodes.Select(node => node.Name));
    }

    [Fact]
    public void InferShapes_StridedConvolution_MatchesPyTorch()
    {
        var builder = new GraphBuilder("test");
        GraphValue image = builder.Input("image", 3);
        GraphValue value = builder.Root.Convolution(
            "conv1", image, new Convolution { OutChannels = 64, Kernel = 7, Stride = 2, Padding = 3 });
        value = builder.Root.Add("maxpool", new MaxPool { Kernel = 3, Stride = 2, Padding = 1 }, value);
        builder.Output("y", value);
        ModelGraph graph = builder.Build();

        GraphShapes shapes = graph.InferShapes(new TensorShape(2, 3, 224, 97));

        Assert.Equal(new TensorShape(2, 64, 56, 25), shapes[value]);
        Assert.Equal(2L * 64 * 112 * 49 * 147, shapes.MultiplyAdds);
    }

    [Fact]
    public void InferShapes_ImageSmallerThanWindow_NamesNodeAndShape()
    {
        var builder = new GraphBuilder("test");
        GraphValue image = builder.Input("image", 3);
        builder.Output("y", builder.Root.Add("pool", new MaxPool { Kernel = 2, Stride = 2 }, image));
        ModelGraph graph = builder.Build();

        var exception = Assert.Throws<ModelBuildException>(() => graph.InferShapes(new TensorShape(1, 3, 1, 8)));

        Assert.Equal("pool", exception.Component);
        Assert.Contains("1x3x1x8", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 2, 2, 0, true, 3)]
    [InlineData(5, 2, 2, 0, false, 2)]
    [InlineData(4, 3, 2, 1, true, 3)]
    [InlineData(3, 2, 3, 1, true, 2)]
    public void InferShapes_CeilMode_FollowsPyTorch(int extent, int kernel, int stride, int padding, bool ceil, int expected)
    {
        var pool = new MaxPool { Kernel = kernel, Stride = stride, Padding = padding, CeilMode = ceil };

        Assert.Equal(expected, pool.InferShape([new TensorShape(1, 1, extent, extent)]).Height);
    }

    [Fact]
    public void Add_MismatchedChannels_SaysBoth()
    {
        var builder = new GraphBuilder("test");
        GraphValue image = builder.Input("image", 3);
        GraphValue wide = Convolve(builder.Root, "wide", image);

        var exception = Assert.Throws<ModelBuildException>(() => builder.Root.Add("sum", new Add(), image, wide));

        Assert.Contains("'image' has 3 channels", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'wide' 8", exception.Message, StringComparison.Ordinal);
    }

    private static GraphValue Convolve(GraphScope scope, string name, GraphValue input) =>
        scope.Convolution(name, input, new Convolution { OutChannels = 8, Kernel = 1 });

    [Fact]
    public void Add_OtherOperationUnderATag_NamesBoth()
    {
        var builder = new GraphBuilder("g");
        GraphValue image = builder.Input("image", 3);
        builder.Root.Tagged("a").Add("pool", new AdaptivePool { Kind = PoolingKind.Average, Size = 1 }, image);

        var exception = Assert.Throws<ModelBuildException>(
            () => builder.Root.Tagged("b").Add("pool", new AdaptivePool { Kind = PoolingKind.Max, Size = 1 }, image));

        Assert.Contains("pool@b", exception.Message, StringComparison.Ordinal);
        Assert.Contains("AdaptiveAveragePool", exception.Message, StringComparison.Ordinal);
    }
}
