using DeepVision.Graphs;
using DeepVision.Tensors;
using DeepVision.Torch;
using DeepVision.Torch.Modules;
using DeepVision.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Modules;

/// <summary>A graph of a few nodes as a module, with values of its own for every parameter.</summary>
internal sealed class GraphModule : IDisposable
{
    private readonly GraphBundle _root;

    internal GraphModule(ModelGraph graph, ModelWeights? weights = null)
    {
        Graph = graph;
        Plan = new ModuleTreePlan(graph);
        _root = new GraphBundle(Plan.Root);
        ModuleTree.Build([Plan], _root);
        ParameterTransfer.Fill(_root, graph.Nodes, weights ?? Values(graph));
    }

    internal ModelGraph Graph { get; }

    internal ModuleTreePlan Plan { get; }

    /// <summary>The module: a tensor for each of the graph's inputs to one for each of its outputs.</summary>
    internal nn.Module<Tensor[], Tensor[]> Root => _root;

    /// <summary>The graph of one input "image".</summary>
    internal static ModelGraph Write(int channels, Action<GraphBuilder, GraphValue> write)
    {
        var builder = new GraphBuilder("small");
        write(builder, builder.Input("image", channels));
        return builder.Build();
    }

    /// <summary>Values for all parameters, from the graph's shapes alone: weights around 0, scales and variances around 1.</summary>
    internal static ModelWeights Values(ModelGraph graph)
    {
        var weights = new ModelWeights(graph.Parameters);
        foreach ((int index, Parameter parameter) in graph.Parameters.Index())
        {
            float center = parameter.Role == ParameterRole.RunningVariance ? 1 : 0;
            float[] values = [.. Random(parameter.Shape, 100 + index).Values.ToArray().Select(value => center + (value / 2))];
            weights.Set(parameter, WeightHandle.FromMemory(parameter.Shape, values));
        }

        return weights;
    }

    /// <summary>Values between -1 and 1, the same for every call.</summary>
    internal static HostTensor Random(TensorShape shape, int seed)
    {
        var random = new Random(seed);
        var tensor = new HostTensor(shape);
        foreach (ref float value in tensor.Values)
        {
            value = (2 * random.NextSingle()) - 1;
        }

        return tensor;
    }

    /// <summary>Runs in evaluation mode without autograd.</summary>
    internal HostTensor[] Run(params HostTensor[] inputs)
    {
        _root.eval();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return [.. _root.call([.. inputs.Select(input => input.ToTorch())]).Select(output => output.ToHost())];
    }

    public void Dispose() => _root.Dispose();
}
