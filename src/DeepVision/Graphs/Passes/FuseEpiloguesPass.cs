using DeepVision.Graphs.Operations;

namespace DeepVision.Graphs.Passes;

/// <summary>Moves activations and residual sums into the node before them.</summary>
internal static class FuseEpiloguesPass
{
    internal static ModelGraph Apply(ModelGraph graph)
    {
        var rewriter = new GraphRewriter(graph);
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            switch (graph.Nodes[i].Operation)
            {
                case Activate activate:
                    FuseActivation(rewriter, i, activate.Activation);
                    break;
                case Operations.Add { Activation.Kind: ActivationKind.Identity }:
                    FuseSum(rewriter, i);
                    break;
            }
        }

        return rewriter.Build();
    }

    private static void FuseActivation(GraphRewriter rewriter, int index, Activation activation)
    {
        if (Before(rewriter, rewriter.Nodes[index]!.Inputs[0]) is not ({ } node, var producer))
        {
            return;
        }

        Operation? fused = node.Operation switch
        {
            Convolution { Activation.Kind: ActivationKind.Identity } convolution => convolution with { Activation = activation },
            Linear { Activation.Kind: ActivationKind.Identity } linear => linear with { Activation = activation },
            BatchNorm { Activation.Kind: ActivationKind.Identity } norm => norm with { Activation = activation },
            Operations.Add { Activation.Kind: ActivationKind.Identity } add => add with { Activation = activation },
            _ => null,
        };
        if (fused is not null)
        {
            rewriter.Absorb(producer, index, fused, node.Inputs, node.Parameters);
        }
    }

    // Of two convolutions the later one takes the sum: the other's value exists by then in every order of the graph.
    private static void FuseSum(GraphRewriter rewriter, int index)
    {
        IReadOnlyList<GraphValue> operands = rewriter.Nodes[index]!.Inputs;
        int best = -1;
        int bestProducer = -1;
        for (int i = 0; i < 2; i++)
        {
            if (operands[0] != operands[1]
                && Before(rewriter, operands[i]) is ({ Operation: Convolution { AddsResidual: false, Activation.Kind: ActivationKind.Identity } }, var producer)
                && producer > bestProducer)
            {
                best = i;
                bestProducer = producer;
            }
        }

        if (best >= 0)
        {
            GraphNode node = rewriter.Nodes[bestProducer]!;
            var convolution = (Convolution)node.Operation with { AddsResidual = true };
            rewriter.Absorb(bestProducer, index, convolution, [node.Inputs[0], operands[1 - best]], node.Parameters);
        }
    }

    /// <summary>The node that makes a value, if nothing else reads it.</summary>
    private static (GraphNode? Node, int Index) Before(GraphRewriter rewriter, GraphValue value)
    {
        GraphValue current = rewriter.Resolve(value);
        int producer = rewriter.ProducerOf(current);
        return producer >= 0 && rewriter.ReadersOf(current) == 1 ? (rewriter.Nodes[producer], producer) : (null, -1);
    }
}
