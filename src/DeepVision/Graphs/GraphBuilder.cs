using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Graphs;

/// <summary>
/// Collects the nodes of one graph. Components write through its <see cref="Root"/> scope and scopes below it.
/// Single-use and not thread-safe.
/// </summary>
public sealed class GraphBuilder
{
    private readonly List<GraphValue> _inputs = [];
    private readonly List<GraphNode> _nodes = [];
    private readonly List<GraphOutput> _outputs = [];
    private readonly Dictionary<string, Parameter> _parameters = [];
    private readonly List<Parameter> _declared = [];
    private readonly HashSet<string> _nodeNames = [];
    private readonly Dictionary<string, Operation> _operations = [];
    private readonly string _name;
    private int _nextValue;
    private bool _built;

    /// <summary>Starts a graph.</summary>
    /// <param name="name">Its name, for messages and listings.</param>
    public GraphBuilder(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _name = name;
        Root = new GraphScope(this, "", "");
    }

    /// <summary>The scope with the empty path.</summary>
    public GraphScope Root { get; }

    /// <summary>Declares an image input (N, <paramref name="channels"/>, H, W).</summary>
    public GraphValue Input(string name, int channels)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        var value = new GraphValue(_nextValue++, name, 4, channels);
        _inputs.Add(value);
        return value;
    }

    /// <summary>Gives a value to the caller under a name.</summary>
    public void Output(string name, GraphValue value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        _outputs.Add(new GraphOutput(name, value));
    }

    /// <summary>Makes the graph, without nodes that no output needs, and validates it.</summary>
    /// <exception cref="ModelBuildException">The graph breaks a rule.</exception>
    /// <exception cref="InvalidOperationException">The builder has been used.</exception>
    public ModelGraph Build()
    {
        if (_built)
        {
            throw new InvalidOperationException($"The builder of graph '{_name}' has already built it; make a new one.");
        }

        _built = true;
        var needed = new HashSet<GraphValue>(_outputs.Select(output => output.Value));
        var kept = new List<GraphNode>();
        for (int i = _nodes.Count - 1; i >= 0; i--)
        {
            if (needed.Contains(_nodes[i].Output))
            {
                kept.Add(_nodes[i]);
                needed.UnionWith(_nodes[i].Inputs);
            }
        }

        kept.Reverse();
        var graph = new ModelGraph(_name, [.. _inputs], kept, [.. _outputs]);
        graph.Validate();
        return graph;
    }

    /// <summary>All parameters declared so far, in order; those of nodes that no output needs as well.</summary>
    internal IReadOnlyList<Parameter> DeclaredParameters => _declared;

    internal GraphValue AddNode(string path, string tag, Operation operation, IReadOnlyList<GraphValue> inputs)
    {
        string name = tag.Length == 0 ? path : $"{path}@{tag}";
        try
        {
            if (!_nodeNames.Add(name))
            {
                throw new ModelBuildException("another node has this path; give it a path of its own, or share parameters with Tagged(...).");
            }

            if (inputs.Count < operation.MinInputs || inputs.Count > operation.MaxInputs)
            {
                throw new ModelBuildException($"it reads {inputs.Count} values; expected {operation.MinInputs}.");
            }

            // A path stands for one module, whichever tag it is used under; an opaque one may have several outputs.
            if (_operations.TryGetValue(path, out Operation? shared) && shared != operation && operation is not OpaqueOperation)
            {
                throw new ModelBuildException($"its path is that of another operation ({shared.Describe()}); uses of one path differ in their tags alone.");
            }

            _operations[path] = operation;
            (int rank, int channels) = operation.InferChannels(inputs);
            Parameter[] parameters = [.. operation.DeclareParameters(inputs).Select(declared => Declare(path, tag, declared))];
            var output = new GraphValue(_nextValue++, name, rank, channels);
            _nodes.Add(new GraphNode(name, path, operation, inputs, parameters, output));
            return output;
        }
        catch (ModelBuildException exception)
        {
            throw new ModelBuildException($"Node '{name}' ({operation.Describe()}): {exception.Message}", exception) { Component = name };
        }
        catch (OverflowException exception)
        {
            throw new ModelBuildException($"Node '{name}' ({operation.Describe()}): its channels or its window are too large.", exception)
            {
                Component = name,
            };
        }
    }

    private Parameter Declare(string path, string tag, ParameterDeclaration declared)
    {
        string name = path.Length == 0 ? declared.Suffix
            : declared.Suffix.Length == 0 ? path
            : $"{path}.{declared.Suffix}";
        if (!_parameters.TryGetValue(name, out Parameter? parameter))
        {
            parameter = new Parameter(name, declared.Role, declared.Shape, declared.Initializer) { Kind = declared.Kind };
            _parameters.Add(name, parameter);
            _declared.Add(parameter);
            return parameter;
        }

        return tag.Length > 0 && parameter.Shape == declared.Shape && parameter.Role == declared.Role
            ? parameter
            : throw new ModelBuildException(
                $"parameter '{name}' exists with shape {parameter.Shape}; this node wants {declared.Shape}"
                + (tag.Length == 0 ? ", and is not tagged as sharing it." : "."));
    }
}
