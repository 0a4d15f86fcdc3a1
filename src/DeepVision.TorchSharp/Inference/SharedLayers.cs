using DeepVision.Graphs;

namespace DeepVision.Torch.Inference;

/// <summary>
/// Layers that stood for several nodes and cannot any more: a convolution that another norm follows in each use, as in heads
/// with a norm for each level, has other weights in each of them once the norms are folded.
/// </summary>
internal static class SharedLayers
{
    /// <summary>Gives nodes of one path with different parameters a path of their own each, with their tag in it.</summary>
    internal static ModelGraph Separate(ModelGraph graph)
    {
        HashSet<string> different =
        [
            .. graph.Nodes
                .GroupBy(node => node.Path)
                .Where(uses => uses.Any(node => !node.Parameters.SequenceEqual(uses.First().Parameters)))
                .Select(uses => uses.Key),
        ];
        if (different.Count == 0)
        {
            return graph;
        }

        GraphNode[] nodes = [.. graph.Nodes.Select(node => different.Contains(node.Path) ? OnItsOwn(node) : node)];
        var separated = new ModelGraph(graph.Name, graph.Inputs, nodes, graph.Outputs);
        separated.Validate();
        return separated;
    }

    // A module's name has no dot.
    private static GraphNode OnItsOwn(GraphNode node)
    {
        string path = node.Path + node.Name[node.Path.Length..].Replace('.', '_');
        return new GraphNode(node.Name, path, node.Operation, node.Inputs, node.Parameters, node.Output);
    }
}
