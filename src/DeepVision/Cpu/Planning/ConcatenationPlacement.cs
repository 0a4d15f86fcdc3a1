using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Cpu.Planning;

/// <summary>Where a value is part of a concatenation.</summary>
internal readonly record struct Placement(GraphValue Whole, int FirstChannel);

/// <summary>
/// Which values are written straight into the concatenation that reads them: those that a node computes and that begin at a
/// whole block of it. What takes part in two concatenations is placed in the first one met from the end and copied to others;
/// but a concatenation whose inputs lie side by side in a later one is that part of it, so that DenseNet's growing lists are
/// written once.
/// </summary>
internal sealed class ConcatenationPlacement
{
    private readonly Placement?[] _places;
    private readonly HashSet<GraphNode> _aligned = [];
    private readonly HashSet<(GraphNode Node, int Input)> _inPlace = [];

    private ConcatenationPlacement(int valueCount)
    {
        _places = new Placement?[valueCount];
    }

    /// <summary>The place of a value, or null where it has a buffer of its own.</summary>
    internal Placement? Find(GraphValue value) => _places[value.Id];

    /// <summary>Whether every input of a concatenation begins at a whole block.</summary>
    internal bool IsAligned(GraphNode node) => _aligned.Contains(node);

    /// <summary>Whether an input is written to its place by the node that makes it.</summary>
    internal bool IsInPlace(GraphNode node, int input) => _inPlace.Contains((node, input));

    internal static ConcatenationPlacement Find(ModelGraph graph, GraphShapes shapes, int block)
    {
        var result = new ConcatenationPlacement(graph.ValueCount);
        var computed = new HashSet<GraphValue>();
        foreach (GraphNode node in graph.Nodes)
        {
            if (node.Operation is not (Flatten or Dropout))
            {
                computed.Add(node.Output);
            }
        }

        foreach (GraphNode node in graph.Nodes.Reverse().Where(node => node.Operation is Concatenate))
        {
            result.Place(node, shapes, block, computed);
        }

        return result;
    }

    private void Place(GraphNode node, GraphShapes shapes, int block, HashSet<GraphValue> computed)
    {
        int channel = 0;
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            if (channel % block != 0)
            {
                return;
            }

            channel += shapes[node.Inputs[i]].Channels;
        }

        _aligned.Add(node);
        if (_places[node.Output.Id] == null && FindCommonPlace(node, shapes) is { } part)
        {
            _places[node.Output.Id] = part;
            for (int i = 0; i < node.Inputs.Count; i++)
            {
                _inPlace.Add((node, i));
            }

            return;
        }

        channel = 0;
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            GraphValue input = node.Inputs[i];
            if (_places[input.Id] == null && computed.Contains(input))
            {
                _places[input.Id] = new Placement(node.Output, channel);
                _inPlace.Add((node, i));
            }

            channel += shapes[input].Channels;
        }
    }

    /// <summary>Where the inputs of a concatenation lie side by side in another one, or null.</summary>
    private Placement? FindCommonPlace(GraphNode node, GraphShapes shapes)
    {
        if (_places[node.Inputs[0].Id] is not { } first)
        {
            return null;
        }

        int channel = first.FirstChannel;
        foreach (GraphValue input in node.Inputs)
        {
            if (_places[input.Id] != new Placement(first.Whole, channel))
            {
                return null;
            }

            channel += shapes[input].Channels;
        }

        return first;
    }
}
