using System.Text;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Graphs;

/// <summary>
/// A network as data: nodes in an order in which they can run, the parameters they refer to, named inputs and outputs. It has
/// no fixed batch or image size. Immutable and safe to share; passes make new graphs.
/// </summary>
public sealed class ModelGraph
{
    internal ModelGraph(string name, IReadOnlyList<GraphValue> inputs, IReadOnlyList<GraphNode> nodes, IReadOnlyList<GraphOutput> outputs)
    {
        Name = name;
        Inputs = inputs;
        Nodes = nodes;
        Outputs = outputs;
        ValueCount = inputs.Concat(nodes.Select(node => node.Output)).Max(value => value.Id) + 1;

        var parameters = new List<Parameter>();
        var seen = new HashSet<Parameter>();
        foreach (Parameter parameter in nodes.SelectMany(node => node.Parameters))
        {
            if (seen.Add(parameter))
            {
                parameters.Add(parameter);
            }
        }

        Parameters = parameters;
    }

    /// <summary>The model's or stage's name.</summary>
    public string Name { get; }

    /// <summary>What the caller gives: the image tensor (N, C, H, W).</summary>
    public IReadOnlyList<GraphValue> Inputs { get; }

    /// <summary>All nodes; each comes after those it reads from.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>What the caller gets, by name.</summary>
    public IReadOnlyList<GraphOutput> Outputs { get; }

    /// <summary>Every parameter once, in the order of first use.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>One more than the largest <see cref="GraphValue.Id"/>: the length of a table indexed by value.</summary>
    public int ValueCount { get; }

    /// <summary>The number of learned elements; buffers such as running statistics do not count.</summary>
    public long ParameterCount => Parameters.Where(p => p.Kind == ParameterKind.Parameter).Sum(p => p.Shape.ElementCount);

    /// <summary>The shapes of all values for one input shape each.</summary>
    /// <param name="inputShapes">A shape for each of <see cref="Inputs"/>.</param>
    /// <exception cref="ModelBuildException">An operation does not fit the shapes; the message names the node.</exception>
    public GraphShapes InferShapes(params ReadOnlySpan<TensorShape> inputShapes) => GraphShapes.Infer(this, inputShapes);

    /// <summary>
    /// Checks the graph's own rules: order, unique names, arities, ranks, channels, parameter shapes and reachable outputs.
    /// All breaches are reported at once.
    /// </summary>
    /// <exception cref="ModelBuildException">The graph breaks a rule.</exception>
    public void Validate() => GraphValidation.Validate(this);

    /// <summary>One line for each input, node and output.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (GraphValue input in Inputs)
        {
            text.Append("input ").Append(input.Name).Append(" (N, ").Append(input.Channels).Append(", H, W)\n");
        }

        foreach (GraphNode node in Nodes)
        {
            text.Append(node).Append('\n');
        }

        foreach (GraphOutput output in Outputs)
        {
            text.Append("output ").Append(output.Name).Append(" = ").Append(output.Value).Append('\n');
        }

        return text.ToString();
    }
}
