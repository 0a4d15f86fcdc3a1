using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Graphs.Passes;

/// <summary>Convolution followed by batch norm becomes one convolution with a bias.</summary>
internal static class FoldBatchNormPass
{
    internal static ModelGraph Apply(ModelGraph graph)
    {
        var rewriter = new GraphRewriter(graph);

        // Nodes that share a convolution and a norm share what is folded of them.
        var folded = new Dictionary<(Parameter Weight, Parameter Norm), (Parameter Weight, Parameter Bias)>();
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            GraphNode norm = graph.Nodes[i];
            if (norm.Operation is not BatchNorm batchNorm)
            {
                continue;
            }

            int producer = rewriter.ProducerOf(norm.Inputs[0]);
            if (producer < 0 || rewriter.ReadersOf(norm.Inputs[0]) != 1
                || rewriter.Nodes[producer] is not { Operation: Convolution { AddsResidual: false, Activation.Kind: ActivationKind.Identity } } node)
            {
                continue;
            }

            var convolution = (Convolution)node.Operation;
            Parameter weight = node.Parameters[0];
            if (!folded.TryGetValue((weight, norm.Parameters[0]), out (Parameter Weight, Parameter Bias) pair))
            {
                pair = Fold(node, norm, batchNorm.Epsilon);
                folded.Add((weight, norm.Parameters[0]), pair);
            }

            rewriter.Absorb(producer, i, convolution with { HasBias = true }, node.Inputs, [pair.Weight, pair.Bias]);
        }

        return rewriter.Build();
    }

    private static (Parameter Weight, Parameter Bias) Fold(GraphNode convolution, GraphNode norm, float epsilon)
    {
        Parameter weight = convolution.Parameters[0];
        var fold = new BatchNormFold(
            weight,
            convolution.Find(ParameterRole.Bias),
            norm.Find(ParameterRole.Weight)!,
            norm.Find(ParameterRole.Bias)!,
            norm.Find(ParameterRole.RunningMean)!,
            norm.Find(ParameterRole.RunningVariance)!,
            epsilon);
        string suffix = $" with {norm.Path}";
        return (
            new Parameter(weight.Name + suffix, ParameterRole.Weight, weight.Shape, weight.Initializer)
            {
                Derivation = new FoldedWeight(fold),
            },
            new Parameter($"{convolution.Path}.bias{suffix}", ParameterRole.Bias, new TensorShape(weight.Shape[0]), Initializer.Zero)
            {
                Derivation = new FoldedBias(fold),
            });
    }
}
