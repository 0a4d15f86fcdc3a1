using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Tests.Torch.Modules;

/// <summary>A graph of one or two nodes for each operation, over inputs of small, odd shapes.</summary>
internal static class OperationGraphs
{
    private static readonly TensorShape Map = new(2, 8, 4, 6);
    private static readonly TensorShape Tokens = new(2, 8, 5, 1);

    private static readonly Dictionary<string, (TensorShape[] Inputs, Func<GraphScope, GraphValue[], GraphValue> Write)> Graphs = new()
    {
        ["slice"] = One(Map, new SliceChannels { First = 2, Count = 3 }),
        ["slice of a vector"] = OfVector(new SliceChannels { First = 5, Count = 3 }),
        ["shuffle"] = One(Map, new ChannelShuffle { Groups = 2 }),
        ["space to depth"] = One(Map, new SpaceToDepth()),
        ["mean of channels"] = One(Map, new ChannelPool { Kind = PoolingKind.Average }),
        ["largest channel"] = One(Map, new ChannelPool { Kind = PoolingKind.Max }),
        ["layer norm"] = One(Map, new LayerNorm { Epsilon = 1e-6f }),
        ["layer norm of tokens"] = One(Tokens, new LayerNorm { Epsilon = 1e-6f }),
        ["layer norm of a vector"] = OfVector(new LayerNorm()),
        ["length"] = One(Map, new L2Normalize()),
        ["length of a vector"] = OfVector(new L2Normalize { Epsilon = 10 }),
        ["channel scale"] = One(Map, new ChannelScale { TrailingDimensions = 2 }),
        ["channel scale, flat"] = One(Map, new ChannelScale()),
        ["channel scale of a vector"] = OfVector(new ChannelScale()),
        ["stochastic depth"] = One(Map, new StochasticDepth { Probability = 0.3f }),
        ["weighted sum"] = ([Map, Map, Map], (scope, inputs) => scope.Add("sum.weights", new WeightedAdd(), inputs)),
        ["product by channel"] = ([Map, new(2, 8, 1, 1)], (scope, inputs) => scope.Add("product", new Multiply(), inputs)),
        ["product by pixel"] = ([Map, new(2, 1, 4, 6)], (scope, inputs) => scope.Add("product", new Multiply(), inputs)),
        ["linear"] = One(Map, new Linear { InFeatures = 8, OutFeatures = 5 }),
        ["linear without a bias"] = One(Tokens, new Linear { InFeatures = 8, OutFeatures = 5, HasBias = false }),
        ["linear of a vector"] = OfVector(new Linear { InFeatures = 8, OutFeatures = 5 }),
        ["bilinear, larger"] = Resized(new(2, 1, 7, 9)),
        ["bilinear, smaller"] = Resized(new(2, 1, 3, 2)),
        ["attention"] = One(Tokens, new SelfAttention { Heads = 2 }),
        ["attention heads"] = One(new(2, 24, 5, 1), new AttentionHeads { Heads = 4 }),
        ["tokens"] = One(Map, new MapToTokens()),
        ["positions"] = One(Tokens, new AddPositions { Tokens = 5 }),
        ["one token"] = One(Tokens, new TakeToken { Index = 3 }),
        ["tokens as a map"] = ([new(2, 8, 13, 1), new(2, 3, 4, 3)], (scope, inputs) => scope.Add("map", new TokensToMap(), inputs)),
    };

    /// <summary>What the graphs are called.</summary>
    internal static IEnumerable<string> Names => Graphs.Keys;

    /// <summary>The graph, with one output "out".</summary>
    internal static ModelGraph Build(string name)
    {
        var builder = new GraphBuilder(name);
        (TensorShape[] inputs, Func<GraphScope, GraphValue[], GraphValue> write) = Graphs[name];
        GraphValue[] values = [.. inputs.Select((shape, index) => builder.Input($"in{index}", shape.Channels))];
        builder.Output("out", write(builder.Root, values));
        return builder.Build();
    }

    /// <summary>Tensors for its inputs.</summary>
    internal static HostTensor[] Inputs(string name) =>
        [.. Graphs[name].Inputs.Select((shape, index) => GraphModule.Random(shape, 1 + index))];

    private static (TensorShape[] Inputs, Func<GraphScope, GraphValue[], GraphValue> Write) One(TensorShape shape, Operation operation) =>
        ([shape], (scope, inputs) => scope.Add("part.node", operation, inputs));

    // Inputs of graphs are maps; a token is a vector.
    private static (TensorShape[] Inputs, Func<GraphScope, GraphValue[], GraphValue> Write) OfVector(Operation operation) =>
        ([Tokens], (scope, inputs) => scope.Add("part.node", operation, scope.Add("token", new TakeToken(), inputs)));

    private static (TensorShape[] Inputs, Func<GraphScope, GraphValue[], GraphValue> Write) Resized(TensorShape like) =>
        ([Map, like], (scope, inputs) => scope.Add("resized", new UpsampleLike { Mode = UpsampleMode.Bilinear }, inputs));
}
