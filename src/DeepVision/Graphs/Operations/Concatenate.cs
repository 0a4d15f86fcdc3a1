using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>Stacks maps, or vectors, along their channels, in the order of the inputs.</summary>
public sealed record Concatenate : Operation
{
    /// <inheritdoc/>
    public override int MinInputs => 2;

    /// <inheritdoc/>
    public override int MaxInputs => int.MaxValue;

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        long channels = 0;
        foreach (TensorShape input in inputs)
        {
            if (input.Rank != inputs[0].Rank || input.With(1, 0) != inputs[0].With(1, 0))
            {
                throw new ModelBuildException($"expected inputs that differ in their channels only; found {inputs[0]} and {input}.");
            }

            channels += input.Channels;
        }

        return inputs[0].With(1, checked((int)channels));
    }

    /// <inheritdoc/>
    public override string Describe() => "Concatenate";

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, inputs[0].Rank);
        return (inputs[0].Rank, inputs.Any(input => input.Channels < 0) ? -1 : inputs.Sum(input => input.Channels));
    }
}
