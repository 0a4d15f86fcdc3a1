using DeepVision.Graphs;

namespace DeepVision.Torch.Modules;

/// <summary>One call while a module tree is planned: a node, or a block that several have become.</summary>
internal sealed class PlanItem
{
    private PlanItem(string path, string tag, IReadOnlyList<GraphValue> inputs, IReadOnlyList<GraphValue> outputs)
    {
        Path = path;
        Tag = tag;
        Inputs = inputs;
        Outputs = outputs;
    }

    /// <summary>The path of the module that is called; for a function, where it stands.</summary>
    internal string Path { get; }

    /// <summary>Which use of a shared module this is; empty where there is one.</summary>
    internal string Tag { get; }

    internal IReadOnlyList<GraphValue> Inputs { get; }

    internal IReadOnlyList<GraphValue> Outputs { get; }

    /// <summary>The node that a leaf or a function stands for; null for a block.</summary>
    internal GraphNode? Node { get; private init; }

    /// <summary>What a block does; null for a leaf or a function.</summary>
    internal BlockPlan? Block { get; private init; }

    /// <summary>Which of a module's outputs are read; null for all.</summary>
    internal int[]? Picks { get; private init; }

    internal static PlanItem Of(GraphNode node) =>
        new(node.Path, node.Name.Length > node.Path.Length ? node.Name[(node.Path.Length + 1)..] : "", node.Inputs, [node.Output]) { Node = node };

    /// <summary>One call for several nodes that are outputs of one module.</summary>
    internal static PlanItem Of(IReadOnlyList<GraphNode> outputs, int[] picks) =>
        new(outputs[0].Path, "", outputs[0].Inputs, [.. outputs.Select(node => node.Output)]) { Node = outputs[0], Picks = picks };

    internal static PlanItem Of(BlockPlan block, string tag, IReadOnlyList<GraphValue> inputs, IReadOnlyList<GraphValue> outputs) =>
        new(block.Path, tag, inputs, outputs) { Block = block };
}
