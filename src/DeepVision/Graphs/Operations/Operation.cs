using DeepVision.Graphs.Initialization;
using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// What a node does. The set is closed: engines implement every operation in this namespace, and what is not among them
/// goes through <see cref="OpaqueOperation"/>.
/// </summary>
public abstract record Operation
{
    private protected Operation()
    {
    }

    /// <summary>How many values it reads, at least.</summary>
    public virtual int MinInputs => 1;

    /// <summary>How many values it reads, at most.</summary>
    public virtual int MaxInputs => MinInputs;

    /// <summary>The shape it makes of its inputs' shapes, or an error that says which input does not fit.</summary>
    /// <exception cref="ModelBuildException">The inputs do not fit the operation; the caller adds the node's name.</exception>
    public abstract TensorShape InferShape(ReadOnlySpan<TensorShape> inputs);

    /// <summary>Multiply-adds for one run: those of convolutions and linear layers, 0 for everything else, as the field counts.</summary>
    public virtual long CountMultiplyAdds(ReadOnlySpan<TensorShape> inputs, TensorShape output) => 0;

    /// <summary>One short phrase for graph listings: the kind and what differs from its defaults.</summary>
    public abstract string Describe();

    /// <summary>Rank and channels of the output as far as they are known while composing; -1 for channels that depend on size.</summary>
    internal abstract (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs);

    /// <summary>The parameters that a node with this operation has, in order: role, shape, initializer, kind.</summary>
    internal virtual IEnumerable<ParameterDeclaration> DeclareParameters(IReadOnlyList<GraphValue> inputs) => [];

    private protected static void RequireRank(ReadOnlySpan<TensorShape> inputs, int rank)
    {
        foreach (TensorShape input in inputs)
        {
            if (input.Rank != rank)
            {
                throw new ModelBuildException(
                    $"expected {(rank == 4 ? "maps (N, C, H, W)" : "vectors (N, F)")}; found an input of shape {input}.");
            }
        }
    }

    private protected static void RequireRank(IReadOnlyList<GraphValue> inputs, int rank)
    {
        foreach (GraphValue input in inputs)
        {
            if (input.Rank != rank)
            {
                throw new ModelBuildException(
                    $"expected {(rank == 4 ? "maps (N, C, H, W)" : "vectors (N, F)")}; found '{input.Name}' of rank {input.Rank}.");
            }
        }
    }

    private protected static string Suffix(Activation activation) =>
        activation.Kind == ActivationKind.Identity ? "" : $" + {activation}";
}
