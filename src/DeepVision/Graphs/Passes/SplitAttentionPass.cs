using DeepVision.Graphs.Operations;

namespace DeepVision.Graphs.Passes;

/// <summary>Self-attention as a linear layer, the heads, and another linear layer.</summary>
internal static class SplitAttentionPass
{
    internal static ModelGraph Apply(ModelGraph graph)
    {
        if (!graph.Nodes.Any(node => node.Operation is SelfAttention))
        {
            return graph;
        }

        int next = graph.ValueCount;
        var nodes = new List<GraphNode>();
        foreach (GraphNode node in graph.Nodes)
        {
            if (node.Operation is SelfAttention attention)
            {
                nodes.AddRange(Split(node, attention, ref next));
            }
            else
            {
                nodes.Add(node);
            }
        }

        var result = new ModelGraph(graph.Name, graph.Inputs, nodes, graph.Outputs);
        result.Validate();
        return result;
    }

    private static GraphNode[] Split(GraphNode node, SelfAttention attention, ref int next)
    {
        int channels = node.Output.Channels;
        var projected = new GraphValue(next++, $"{node.Name}.in_proj", 4, 3 * channels);
        var mixed = new GraphValue(next++, $"{node.Name}.heads", 4, channels);
        return
        [
            Project($"{node.Path}.in_proj", node.Inputs[0], projected, node.Find(ParameterRole.Weight)!, node.Find(ParameterRole.Bias)!),
            new GraphNode(mixed.Name, $"{node.Path}.heads", new AttentionHeads { Heads = attention.Heads }, [projected], [], mixed),
            Project(
                $"{node.Path}.out_proj", mixed, node.Output, node.Find(ParameterRole.OutputWeight)!, node.Find(ParameterRole.OutputBias)!),
        ];
    }

    private static GraphNode Project(string path, GraphValue input, GraphValue output, Parameter weight, Parameter bias)
    {
        var linear = new Linear { InFeatures = input.Channels, OutFeatures = output.Channels };
        return new GraphNode(output.Name, path, linear, [input], [WithRole(weight, ParameterRole.Weight), WithRole(bias, ParameterRole.Bias)], output);
    }

    private static Parameter WithRole(Parameter parameter, ParameterRole role) =>
        parameter.Role == role
            ? parameter
            : new Parameter(parameter.Name, role, parameter.Shape, parameter.Initializer) { Derivation = new SameValues(parameter) };
}
