using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>The mean of each window.</summary>
public sealed record AveragePool : Operation
{
    /// <summary>The window.</summary>
    public required Size2D Kernel { get; init; }

    /// <summary>Steps of the window.</summary>
    public required Size2D Stride { get; init; }

    /// <summary>Zeros around the input; at most half the kernel. Default none.</summary>
    public Padding2D Padding { get; init; }

    /// <summary>Whether a last, partly covered window counts. Default false.</summary>
    public bool CeilMode { get; init; }

    /// <summary>Whether padding counts in the divisor. Default true, as in PyTorch.</summary>
    public bool CountIncludePad { get; init; } = true;

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        RequireRank(inputs, 4);
        return SlidingWindow.Infer(inputs[0], inputs[0].Channels, Kernel, Stride, Padding, 1, CeilMode);
    }

    /// <inheritdoc/>
    public override string Describe() =>
        $"AveragePool {Kernel} stride {Stride}" + (Padding == Padding2D.None ? "" : $" padding {Padding}") + (CeilMode ? " ceil" : "");

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        SlidingWindow.Validate(Kernel, Stride, Padding, 1);
        PoolPadding.Validate(Kernel, Padding);
        return (4, inputs[0].Channels);
    }
}
