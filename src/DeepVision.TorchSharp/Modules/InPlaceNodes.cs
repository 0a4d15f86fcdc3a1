using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Torch.Modules;

/// <summary>
/// Which nodes may overwrite their first input. What a layer or a sum made and nothing else reads can be overwritten: no such
/// layer needs its output to go backwards. These layers make memory of their own (a linear layer over a map gives a view of what
/// it made): a slice, a token or anything else that may be a view of another value is never overwritten, nor is a value that has
/// a view, for what made the view reads it too.
/// </summary>
internal static class InPlaceNodes
{
    /// <summary>The paths of the nodes that may, in all their uses.</summary>
    internal static HashSet<string> Find(
        ModelGraph graph, IReadOnlyDictionary<GraphValue, int> readers, IReadOnlyDictionary<GraphValue, GraphNode> producers)
    {
        var allowed = new HashSet<string>();
        var forbidden = new HashSet<string>();
        foreach (GraphNode node in graph.Nodes)
        {
            bool may = CanOverwrite(node)
                && readers[node.Inputs[0]] == 1
                && producers.TryGetValue(node.Inputs[0], out GraphNode? producer)
                && MakesItsOwn(producer, node);
            (may ? allowed : forbidden).Add(node.Path);
        }

        allowed.ExceptWith(forbidden);
        return allowed;
    }

    private static bool CanOverwrite(GraphNode node) => node.Operation switch
    {
        Activate { Activation: { Kind: ActivationKind.Relu or ActivationKind.Relu6 } } => true,
        Activate { Activation: { Kind: ActivationKind.LeakyRelu, Slope: > 0 } } => true,
        Add => node.Inputs[0] != node.Inputs[1],
        _ => false,
    };

    // A sum's result goes on into its activation; a sum itself may only take over what a layer made.
    private static bool MakesItsOwn(GraphNode producer, GraphNode reader) =>
        producer.Operation is Convolution or BatchNorm or GroupNorm
        || (producer.Operation is Linear && producer.Output.Rank == 2)
        || (producer.Operation is Add && reader.Operation is Activate);
}
