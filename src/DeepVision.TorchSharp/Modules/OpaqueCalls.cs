using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Torch.Modules;

/// <summary>Opaque nodes that are outputs of one module become one call.</summary>
internal static class OpaqueCalls
{
    internal static List<PlanItem> Join(IReadOnlyList<GraphNode> nodes)
    {
        var items = new List<PlanItem>();
        var done = new HashSet<GraphNode>();
        foreach (GraphNode node in nodes)
        {
            if (node.Operation is not OpaqueOperation opaque || opaque.Find<TorchModuleFactory>() is null)
            {
                items.Add(PlanItem.Of(node));
            }
            else if (!done.Contains(node))
            {
                GraphNode[] outputs = [.. nodes.Where(other => IsSameCall(other, node, opaque)).OrderBy(OutputOf)];
                done.UnionWith(outputs);
                items.Add(PlanItem.Of(outputs, [.. outputs.Select(OutputOf)]));
            }
        }

        return items;
    }

    private static bool IsSameCall(GraphNode other, GraphNode node, OpaqueOperation opaque) =>
        other.Path == node.Path
        && other.Operation is OpaqueOperation operation
        && ReferenceEquals(operation.Find<TorchModuleFactory>(), opaque.Find<TorchModuleFactory>())
        && other.Inputs.SequenceEqual(node.Inputs);

    private static int OutputOf(GraphNode node) => ((OpaqueOperation)node.Operation).OutputIndex;
}
