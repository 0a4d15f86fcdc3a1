using DeepVision.Graphs.Operations;

namespace DeepVision.Graphs.Passes;

/// <summary>
/// What passes share: a graph's nodes with their readers counted, values replaced by others, nodes dropped or replaced in
/// place; then a new graph.
/// </summary>
internal sealed class GraphRewriter
{
    private readonly ModelGraph _graph;
    private readonly Dictionary<GraphValue, GraphValue> _replacements = [];
    private readonly Dictionary<GraphValue, int> _readers = [];
    private readonly Dictionary<GraphValue, int> _producers = [];
    private int _nextValue;

    internal GraphRewriter(ModelGraph graph)
    {
        _graph = graph;
        _nextValue = graph.ValueCount;
        Nodes = [.. graph.Nodes];
        foreach (GraphValue value in graph.Nodes.SelectMany(node => node.Inputs).Concat(graph.Outputs.Select(output => output.Value)))
        {
            _readers[value] = _readers.GetValueOrDefault(value) + 1;
        }

        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            _producers.Add(graph.Nodes[i].Output, i);
        }
    }

    /// <summary>The nodes by their index in the original graph; null where dropped.</summary>
    internal GraphNode?[] Nodes { get; }

    /// <summary>What stands for a value after the replacements so far.</summary>
    internal GraphValue Resolve(GraphValue value)
    {
        while (_replacements.TryGetValue(value, out GraphValue? replacement))
        {
            value = replacement;
        }

        return value;
    }

    /// <summary>How many nodes and outputs read a value of the original graph.</summary>
    internal int ReadersOf(GraphValue value) => _readers.GetValueOrDefault(value);

    /// <summary>The index of the node that makes a value, or -1 for an input.</summary>
    internal int ProducerOf(GraphValue value) => _producers.GetValueOrDefault(value, -1);

    /// <summary>Drops a node whose readers read another value from now on.</summary>
    internal void Bypass(int index, GraphValue replacement)
    {
        _replacements.Add(Nodes[index]!.Output, replacement);
        Nodes[index] = null;
    }

    /// <summary>
    /// Puts a changed node where <paramref name="index"/> stands, making that node's value, and drops the node at
    /// <paramref name="from"/> whose work it takes over.
    /// </summary>
    internal void Absorb(
        int from, int index, Operation operation, IReadOnlyList<GraphValue> inputs, IReadOnlyList<Parameter> parameters)
    {
        GraphNode original = Nodes[from]!;
        GraphNode target = Nodes[index]!;
        Nodes[from] = null;
        var output = new GraphValue(_nextValue++, original.Name, target.Output.Rank, target.Output.Channels);
        _replacements.Add(target.Output, output);
        _producers[output] = index;
        _readers[output] = ReadersOf(target.Output);
        Nodes[index] = new GraphNode(original.Name, original.Path, operation, inputs, parameters, output);
    }

    /// <summary>The new graph, validated.</summary>
    internal ModelGraph Build()
    {
        var nodes = new List<GraphNode>();
        foreach (GraphNode? node in Nodes)
        {
            if (node is not null)
            {
                GraphValue[] inputs = [.. node.Inputs.Select(Resolve)];
                nodes.Add(new GraphNode(node.Name, node.Path, node.Operation, inputs, node.Parameters, node.Output));
            }
        }

        GraphOutput[] outputs = [.. _graph.Outputs.Select(output => output with { Value = Resolve(output.Value) })];
        var graph = new ModelGraph(_graph.Name, _graph.Inputs, nodes, outputs);
        graph.Validate();
        return graph;
    }
}
