using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Cpu.Planning;

/// <summary>
/// The order in which a graph's nodes are planned, and which of them together: those that do the same with the same
/// parameters on values that do not depend on each other, as the layers of a detector's head on the levels of a pyramid, and
/// the activations behind them. A function of the graph alone.
/// </summary>
internal sealed class NodeOrder
{
    private NodeOrder(ModelGraph graph, IReadOnlyList<IReadOnlyList<GraphNode>> units)
    {
        Graph = graph;
        Units = units;
    }

    internal ModelGraph Graph { get; }

    /// <summary>All nodes, each after those that it reads from; those of a unit together.</summary>
    internal IReadOnlyList<IReadOnlyList<GraphNode>> Units { get; }

    internal static NodeOrder Of(ModelGraph graph)
    {
        var index = new Dictionary<GraphNode, int>();
        foreach (GraphNode node in graph.Nodes)
        {
            index.Add(node, index.Count);
        }

        var made = new HashSet<GraphValue>(graph.Inputs);
        var units = new List<IReadOnlyList<GraphNode>>();
        List<GraphNode[]> waiting = FindGroups(graph);
        while (waiting.Count > 0)
        {
            int next = waiting.FindIndex(unit => unit.All(node => node.Inputs.All(made.Contains)));
            if (next < 0)
            {
                // Some of a unit's nodes wait for others of it, or two units for each other: the first one is given up.
                GraphNode[] group = waiting.Find(unit => unit.Length > 1)!;
                waiting.Remove(group);
                waiting.AddRange(group.Select(node => new[] { node }));
                waiting.Sort((left, right) => index[left[0]].CompareTo(index[right[0]]));
                continue;
            }

            units.Add(waiting[next]);
            made.UnionWith(waiting[next].Select(node => node.Output));
            waiting.RemoveAt(next);
        }

        return new NodeOrder(graph, units);
    }

    /// <summary>One name for some nodes: what they have in common, and how they differ.</summary>
    internal static string NameOf(IReadOnlyList<GraphNode> nodes)
    {
        string path = nodes[0].Path + "@";
        return nodes.Count > 1 && nodes.All(node => node.Name.StartsWith(path, StringComparison.Ordinal))
            ? path + string.Join(",", nodes.Select(node => node.Name[path.Length..]))
            : string.Join(", ", nodes.Select(node => node.Name));
    }

    private static List<GraphNode[]> FindGroups(ModelGraph graph)
    {
        var groups = new Dictionary<(Operation Operation, object Parameters), List<GraphNode>>();
        var producers = new Dictionary<GraphValue, List<GraphNode>>();
        var all = new List<List<GraphNode>>();
        foreach (GraphNode node in graph.Nodes)
        {
            if (KeyOf(graph, node, producers) is not { } key)
            {
                all.Add([node]);
            }
            else if (groups.TryGetValue(key, out List<GraphNode>? group))
            {
                group.Add(node);
                producers.Add(node.Output, group);
            }
            else
            {
                group = [node];
                groups.Add(key, group);
                producers.Add(node.Output, group);
                all.Add(group);
            }
        }

        return [.. all.Select(group => group.ToArray())];
    }

    /// <summary>What the nodes of a unit have in common, or null for a node that runs alone.</summary>
    private static (Operation Operation, object Parameters)? KeyOf(
        ModelGraph graph, GraphNode node, Dictionary<GraphValue, List<GraphNode>> producers)
    {
        if (node.Operation is not (Convolution or GroupNorm or BatchNorm or Activate) || node.Inputs.Any(graph.Inputs.Contains))
        {
            return null;
        }

        // Without parameters: nodes behind those of a unit.
        return node.Parameters.Count > 0 ? (node.Operation, new SameParameters(node.Parameters))
            : producers.TryGetValue(node.Inputs[0], out List<GraphNode>? group) ? (node.Operation, group)
            : null;
    }

    private sealed class SameParameters(IReadOnlyList<Parameter> parameters) : IEquatable<SameParameters>
    {
        private readonly IReadOnlyList<Parameter> _parameters = parameters;

        public bool Equals(SameParameters? other) => other != null && _parameters.SequenceEqual(other._parameters);

        public override bool Equals(object? obj) => Equals(obj as SameParameters);

        public override int GetHashCode() => _parameters[0].GetHashCode();
    }
}
