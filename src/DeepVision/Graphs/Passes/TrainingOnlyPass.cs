using DeepVision.Graphs.Operations;

namespace DeepVision.Graphs.Passes;

/// <summary>Removes nodes that do nothing when inferring.</summary>
internal static class TrainingOnlyPass
{
    internal static ModelGraph Apply(ModelGraph graph)
    {
        var rewriter = new GraphRewriter(graph);
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            GraphNode node = graph.Nodes[i];
            bool idle = node.Operation is Dropout or StochasticDepth or Scale { Factor: 1 } or Activate { Activation.Kind: ActivationKind.Identity };
            if (idle)
            {
                rewriter.Bypass(i, node.Inputs[0]);
            }
        }

        return rewriter.Build();
    }
}
