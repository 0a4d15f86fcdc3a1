using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// An operation that the library does not know. Its shape rule is declared here; its implementation is given to each engine
/// when the model is compiled, and an engine without one fails, naming the node.
/// </summary>
public sealed record OpaqueOperation : Operation
{
    /// <summary>The name under which engines are given the implementation.</summary>
    public required string Kind { get; init; }

    /// <summary>Channels of the output, or features of a vector.</summary>
    public required int OutChannels { get; init; }

    /// <summary>4 for a map, 2 for a vector. Default 4.</summary>
    public int OutRank { get; init; } = 4;

    /// <summary>How many values it reads. Default 1.</summary>
    public int InputCount { get; init; } = 1;

    /// <summary>The output's shape for the inputs' shapes.</summary>
    public required Func<IReadOnlyList<TensorShape>, TensorShape> ShapeRule { get; init; }

    /// <inheritdoc/>
    public override int MinInputs => InputCount;

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        TensorShape output = ShapeRule(inputs.ToArray());
        return output.Rank == OutRank && output.Channels == OutChannels
            ? output
            : throw new ModelBuildException(
                $"the shape rule of '{Kind}' gave {output}; it declares rank {OutRank} with {OutChannels} channels.");
    }

    /// <inheritdoc/>
    public override string Describe() => $"Opaque {Kind}";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs) => (OutRank, OutChannels);
}
