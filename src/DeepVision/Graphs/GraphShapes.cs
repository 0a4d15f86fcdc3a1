using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Graphs;

/// <summary>The shapes of all of a graph's values for given inputs, and what follows from them: work and memory.</summary>
public sealed class GraphShapes
{
    private readonly TensorShape[] _shapes;
    private readonly long[] _multiplyAdds;
    private readonly ModelGraph _graph;

    private GraphShapes(ModelGraph graph, TensorShape[] shapes, long[] multiplyAdds)
    {
        _graph = graph;
        _shapes = shapes;
        _multiplyAdds = multiplyAdds;
    }

    /// <summary>The shape of a value of the graph.</summary>
    public TensorShape this[GraphValue value]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(value);
            return _shapes[value.Id];
        }
    }

    /// <summary>Multiply-adds of all convolutions and linear layers.</summary>
    public long MultiplyAdds => _multiplyAdds.Sum();

    /// <summary>
    /// The most bytes of float32 values that are needed at one time, when a value is let go after its last reader: the
    /// smallest working memory in this order of nodes. Inputs and outputs are included.
    /// </summary>
    public long PeakActivationBytes => MeasurePeak();

    /// <summary>The bytes of float32 values that all nodes make together.</summary>
    public long TotalActivationBytes => _graph.Nodes.Sum(node => BytesOf(node.Output));

    /// <summary>Multiply-adds of one node.</summary>
    /// <param name="nodeIndex">The index in <see cref="ModelGraph.Nodes"/>.</param>
    public long MultiplyAddsOf(int nodeIndex) => _multiplyAdds[nodeIndex];

    internal static GraphShapes Infer(ModelGraph graph, ReadOnlySpan<TensorShape> inputShapes)
    {
        if (inputShapes.Length != graph.Inputs.Count)
        {
            throw new ArgumentException(
                $"'{graph.Name}' has {graph.Inputs.Count} inputs; found {inputShapes.Length} shapes.", nameof(inputShapes));
        }

        var shapes = new TensorShape[graph.ValueCount];
        for (int i = 0; i < inputShapes.Length; i++)
        {
            GraphValue input = graph.Inputs[i];
            TensorShape shape = inputShapes[i];
            if (shape.Rank != input.Rank || shape.Channels != input.Channels)
            {
                throw new ModelBuildException(
                    $"Input '{input.Name}' of '{graph.Name}' takes (N, {input.Channels}, H, W); found {shape}.") { Component = input.Name };
            }

            shapes[input.Id] = shape;
        }

        var multiplyAdds = new long[graph.Nodes.Count];
        var inputs = new List<TensorShape>();
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            GraphNode node = graph.Nodes[i];
            inputs.Clear();
            inputs.AddRange(node.Inputs.Select(input => shapes[input.Id]));
            TensorShape[] known = [.. inputs];
            try
            {
                TensorShape output = node.Operation.InferShape(known);
                shapes[node.Output.Id] = output;
                multiplyAdds[i] = node.Operation.CountMultiplyAdds(known, output);
            }
            catch (ModelBuildException exception)
            {
                throw new ModelBuildException(
                    $"Node '{node.Name}' ({node.Operation.Describe()}): {exception.Message}", exception) { Component = node.Name };
            }
            catch (OverflowException exception)
            {
                throw new ModelBuildException(
                    $"Node '{node.Name}' ({node.Operation.Describe()}): the output for inputs {string.Join(", ", known)} is too large.",
                    exception) { Component = node.Name };
            }
        }

        return new GraphShapes(graph, shapes, multiplyAdds);
    }

    private long BytesOf(GraphValue value) => checked(_shapes[value.Id].ElementCount * sizeof(float));

    private long MeasurePeak()
    {
        var lastUse = new int[_graph.ValueCount];
        for (int i = 0; i < _graph.Nodes.Count; i++)
        {
            foreach (GraphValue input in _graph.Nodes[i].Inputs)
            {
                lastUse[input.Id] = i;
            }
        }

        foreach (GraphOutput output in _graph.Outputs)
        {
            lastUse[output.Value.Id] = int.MaxValue;
        }

        long live = _graph.Inputs.Sum(BytesOf);
        long peak = live;
        for (int i = 0; i < _graph.Nodes.Count; i++)
        {
            GraphNode node = _graph.Nodes[i];
            live += BytesOf(node.Output);
            peak = Math.Max(peak, live);
            foreach (GraphValue input in node.Inputs.Distinct())
            {
                live -= lastUse[input.Id] == i ? BytesOf(input) : 0;
            }
        }

        return peak;
    }
}
