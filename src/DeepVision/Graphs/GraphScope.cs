using DeepVision.Graphs.Operations;

namespace DeepVision.Graphs;

/// <summary>
/// Where a component writes its nodes: a path like <c>backbone.body.layer1</c> that stands before the names it gives, so that
/// parameters get the keys of the official checkpoints.
/// </summary>
public sealed class GraphScope
{
    private readonly GraphBuilder _builder;
    private readonly string _tag;

    internal GraphScope(GraphBuilder builder, string path, string tag)
    {
        _builder = builder;
        Path = path;
        _tag = tag;
    }

    /// <summary>The path, without a dot at its end; empty at the root.</summary>
    public string Path { get; }

    /// <summary>The scope below this one; an empty name gives this scope again.</summary>
    public GraphScope Enter(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length == 0 ? this : new GraphScope(_builder, Join(name), _tag);
    }

    /// <summary>
    /// The same path for another use of the same parameters: nodes get <c>@tag</c> behind their names, and parameters that
    /// exist are shared. A detection head stands on five levels in this way.
    /// </summary>
    public GraphScope Tagged(string tag)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        return new GraphScope(_builder, Path, tag);
    }

    /// <summary>Adds a node.</summary>
    /// <param name="name">Its name below this scope's path.</param>
    /// <param name="operation">What it does.</param>
    /// <param name="inputs">What it reads.</param>
    /// <returns>What it makes.</returns>
    /// <exception cref="ModelBuildException">The inputs do not fit the operation, or the name is taken.</exception>
    public GraphValue Add(string name, Operation operation, params ReadOnlySpan<GraphValue> inputs)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(operation);
        GraphValue[] copy = inputs.ToArray();
        foreach (GraphValue input in copy)
        {
            ArgumentNullException.ThrowIfNull(input, nameof(inputs));
        }

        return _builder.AddNode(Join(name), _tag, operation, copy);
    }

    /// <summary>Adds a convolution.</summary>
    public GraphValue Convolution(string name, GraphValue input, Convolution operation) => Add(name, operation, input);

    /// <summary>Adds an activation; identity adds nothing.</summary>
    public GraphValue Activate(string name, GraphValue input, Activation activation) =>
        activation.Kind == ActivationKind.Identity ? input : Add(name, new Activate { Activation = activation }, input);

    /// <summary>Adds a normalization; none adds nothing.</summary>
    public GraphValue Normalize(string name, GraphValue input, Normalization normalization)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        return normalization.ToOperation() is { } operation ? Add(name, operation, input) : input;
    }

    /// <summary>Adds a fully connected layer over a vector whose length is known.</summary>
    public GraphValue Linear(string name, GraphValue input, int outFeatures)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Add(name, new Linear { InFeatures = input.Channels, OutFeatures = outFeatures }, input);
    }

    private string Join(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}
