namespace DeepVision.Graphs.Passes;

/// <summary>Rewrites that give a new graph; the old one stays as it was. <see cref="ModelGraph.Validate"/> holds after each.</summary>
internal static class GraphPasses
{
    /// <summary>Takes training away: dropout and stochastic depth go, and scaling by one.</summary>
    public static ModelGraph DropTrainingOnly(this ModelGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return TrainingOnlyPass.Apply(graph);
    }

    /// <summary>
    /// Folds each batch norm into the convolution before it, with that norm's own epsilon, in float64 and rounded once. A norm
    /// behind anything else, or behind a convolution that others read too, stays.
    /// </summary>
    public static ModelGraph FoldBatchNorm(this ModelGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return FoldBatchNormPass.Apply(graph);
    }

    /// <summary>Makes each self-attention three nodes: the projection in, the heads, and the projection out.</summary>
    public static ModelGraph SplitAttention(this ModelGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return SplitAttentionPass.Apply(graph);
    }

    /// <summary>
    /// Lets convolutions, linear layers, norms and sums do what follows them: an activation, and for a convolution the sum with
    /// another value, when nothing else reads what lies between.
    /// </summary>
    public static ModelGraph FuseEpilogues(this ModelGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return FuseEpiloguesPass.Apply(graph);
    }

    /// <summary>Keeps some of the outputs and the nodes that they need.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="names">The outputs' names; they keep the graph's order.</param>
    /// <exception cref="ArgumentException">There is no name, or no output of a name.</exception>
    public static ModelGraph KeepOutputs(this ModelGraph graph, IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(names);
        return KeepOutputsPass.Apply(graph, names);
    }

    /// <summary>What training needs goes, norms are folded, attention is split and epilogues are fused: what an engine prepares for inference.</summary>
    public static ModelGraph ForInference(this ModelGraph graph) => graph.DropTrainingOnly().FoldBatchNorm().SplitAttention().FuseEpilogues();
}
