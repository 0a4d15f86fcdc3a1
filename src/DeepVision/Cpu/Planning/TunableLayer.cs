using DeepVision.Cpu.Kernels;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Cpu.Planning;

/// <summary>A convolution for which there are several algorithms.</summary>
/// <param name="Path">The path of its nodes.</param>
/// <param name="Nodes">Where it is applied; several nodes where they share the weights.</param>
/// <param name="Algorithms">What there is to choose from.</param>
/// <param name="Graph">The graph that it is part of.</param>
internal sealed record TunableLayer(
    string Path, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<ConvolutionAlgorithm> Algorithms, ModelGraph Graph)
{
    /// <summary>The paths whose steps the choice affects: its own, and those of pools that some algorithms do besides.</summary>
    internal IEnumerable<string> TimedPaths => Graph.Nodes
        .Where(reader => reader.Operation is MaxPool && Nodes.Any(node => reader.Inputs[0] == node.Output))
        .Select(reader => reader.Path)
        .Prepend(Path);

    /// <summary>All of a graph, in the order in which they run.</summary>
    internal static IReadOnlyList<TunableLayer> FindAll(ModelGraph graph, KernelSet kernels) =>
    [
        .. graph.Nodes
            .Where(node => node.Operation is Convolution && Find(graph, kernels, node).Count > 1)
            .GroupBy(node => node.Find(ParameterRole.Weight)!)
            .Select(sharing => new TunableLayer(sharing.First().Path, [.. sharing], Find(graph, kernels, sharing.First()), graph)),
    ];

    private static IReadOnlyList<ConvolutionAlgorithm> Find(ModelGraph graph, KernelSet kernels, GraphNode node)
    {
        var convolution = (Convolution)node.Operation;
        return kernels.AlgorithmsFor(
            LayerPreparation.GeometryOf(convolution),
            node.Inputs[0].Channels,
            convolution.OutChannels,
            LayerPreparation.ReadsPlanar(graph, kernels, node, convolution));
    }
}
