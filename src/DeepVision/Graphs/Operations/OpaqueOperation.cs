using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// An operation that the library does not know, with its shape rule declared here. An engine that has no implementation for
/// it fails when the model is compiled, naming the node. It has no parameters of its own: what is learned stands in layers
/// around it, or in the TorchSharp module that runs it.
/// Several nodes at one path, each with a tag, with the same inputs and the same implementation, are the outputs of one call.
/// </summary>
public sealed record OpaqueOperation : Operation
{
    /// <summary>What it is called, for messages and for engines that implement it.</summary>
    public required string Kind { get; init; }

    /// <summary>Channels of the output, or features of a vector.</summary>
    public required int OutChannels { get; init; }

    /// <summary>4 for a map, 2 for a vector. Default 4.</summary>
    public int OutRank { get; init; } = 4;

    /// <summary>How many values it reads. Default 1.</summary>
    public int InputCount { get; init; } = 1;

    /// <summary>
    /// What runs it, one for each engine that shall: the CPU engine takes a <c>CpuOperation</c>, the TorchSharp
    /// runtime a <c>TorchModuleFactory</c>. Default none.
    /// </summary>
    public IReadOnlyList<object> Implementations { get; init; } = [];

    /// <summary>Which output of the implementation the node gives. Default 0.</summary>
    public int OutputIndex { get; init; }

    /// <summary>The output's shape for the inputs' shapes.</summary>
    public required Func<IReadOnlyList<TensorShape>, TensorShape> ShapeRule { get; init; }

    /// <summary>The implementation of a kind, or null where there is none.</summary>
    /// <typeparam name="T">The kind that an engine takes.</typeparam>
    public T? Find<T>()
        where T : class => Implementations.OfType<T>().FirstOrDefault();

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
