using DeepVision.Graphs;
using DeepVision.Tensors;
using DeepVision.Weights;

namespace DeepVision.Tests.Torch.Modules;

/// <summary>Runs a graph in double precision, each element by the formula in its operation's documentation.</summary>
internal static class NaiveGraph
{
    /// <summary>The graph's only output.</summary>
    internal static HostTensor Run(ModelGraph graph, ModelWeights weights, params HostTensor[] inputs)
    {
        GraphShapes shapes = graph.InferShapes([.. inputs.Select(input => input.Shape)]);
        var values = new Dictionary<GraphValue, NaiveTensor>();
        foreach ((GraphValue value, HostTensor input) in graph.Inputs.Zip(inputs))
        {
            values.Add(value, new NaiveTensor(input.Shape, Array.ConvertAll(input.Values.ToArray(), x => (double)x)));
        }

        foreach (GraphNode node in graph.Nodes)
        {
            double[][] parameters = [.. node.Parameters.Select(parameter => Read(weights, parameter))];
            var result = new NaiveTensor(shapes[node.Output]);
            NaiveOperations.Fill(result, node.Operation, [.. node.Inputs.Select(input => values[input])], parameters);
            values.Add(node.Output, result);
        }

        NaiveTensor output = values[graph.Outputs[0].Value];
        var copy = new HostTensor(shapes[graph.Outputs[0].Value]);
        for (int i = 0; i < output.Values.Length; i++)
        {
            copy.Values[i] = (float)output.Values[i];
        }

        return copy;
    }

    private static double[] Read(ModelWeights weights, Parameter parameter)
    {
        float[] values = new float[parameter.Shape.ElementCount];
        weights.Read(parameter, values);
        return Array.ConvertAll(values, value => (double)value);
    }
}
