namespace DeepVision.Graphs.Passes;

/// <summary>Takes away outputs, and the nodes that only they needed.</summary>
internal static class KeepOutputsPass
{
    internal static ModelGraph Apply(ModelGraph graph, IReadOnlyCollection<string> names)
    {
        GraphOutput[] outputs = [.. graph.Outputs.Where(output => names.Contains(output.Name))];
        if (outputs.Length == 0 || names.Any(name => outputs.All(output => output.Name != name)))
        {
            throw new ArgumentException(
                $"'{graph.Name}' has the outputs {string.Join(", ", graph.Outputs.Select(output => output.Name))}; "
                + $"expected some of them, found {(names.Count == 0 ? "no name" : string.Join(", ", names))}.",
                nameof(names));
        }

        HashSet<GraphValue> needed = [.. outputs.Select(output => output.Value)];
        var nodes = new List<GraphNode>();
        foreach (GraphNode node in graph.Nodes.Reverse().Where(node => needed.Contains(node.Output)))
        {
            nodes.Add(node);
            needed.UnionWith(node.Inputs);
        }

        nodes.Reverse();
        var kept = new ModelGraph(graph.Name, graph.Inputs, nodes, outputs);
        kept.Validate();
        return kept;
    }
}
