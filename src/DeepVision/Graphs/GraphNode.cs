using DeepVision.Graphs.Operations;

namespace DeepVision.Graphs;

/// <summary>One operation in a graph: what it does, what it reads, the parameters it refers to, and the one value it makes.</summary>
public sealed class GraphNode
{
    internal GraphNode(
        string name, string path, Operation operation, IReadOnlyList<GraphValue> inputs, IReadOnlyList<Parameter> parameters, GraphValue output)
    {
        Name = name;
        Path = path;
        Operation = operation;
        Inputs = inputs;
        Parameters = parameters;
        Output = output;
    }

    /// <summary>Unique in the graph: the path, with <c>@tag</c> behind it where several nodes share one set of parameters.</summary>
    public string Name { get; }

    /// <summary>The path of the PyTorch module that it stands for, like <c>layer1.0.conv1</c>; shared by nodes that share parameters.</summary>
    public string Path { get; }

    /// <summary>What it does.</summary>
    public Operation Operation { get; }

    /// <summary>What it reads, in the operation's order.</summary>
    public IReadOnlyList<GraphValue> Inputs { get; }

    /// <summary>The parameters it refers to, in the operation's order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>What it makes.</summary>
    public GraphValue Output { get; }

    /// <summary>The parameter with a role, or null where the node has none.</summary>
    public Parameter? Find(ParameterRole role)
    {
        foreach (Parameter parameter in Parameters)
        {
            if (parameter.Role == role)
            {
                return parameter;
            }
        }

        return null;
    }

    /// <summary>One line: <c>layer1.0.conv1 = Convolution 64 3x3 (maxpool) [layer1.0.conv1.weight 64x64x3x3]</c>.</summary>
    public override string ToString()
    {
        string parameters = Parameters.Count == 0 ? "" : $" [{string.Join(", ", Parameters)}]";
        return $"{Name} = {Operation.Describe()} ({string.Join(", ", Inputs)}){parameters}";
    }
}
