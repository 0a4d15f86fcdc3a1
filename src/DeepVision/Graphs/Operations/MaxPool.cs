using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>
/// The largest value in each window. Padding counts as minus infinity; NaN wins. A kernel of 1 with a stride keeps every
/// stride-th row and column.
/// </summary>
public sealed record MaxPool : Operation
{
    /// <summary>The window.</summary>
    public required Size2D Kernel { get; init; }

    /// <summary>Steps of the window.</summary>
    public required Size2D Stride { get; init; }

    /// <summary>Padding around the input; at most half the kernel. Default none.</summary>
    public Padding2D Padding { get; init; }

    /// <summary>Distance of the window's taps. Default 1.</summary>
    public Size2D Dilation { get; init; } = 1;

    /// <summary>Whether a last, partly covered window counts. Default false.</summary>
    public bool CeilMode { get; init; }

    /// <inheritdoc/>
    public override TensorShape InferShape(ReadOnlySpan<TensorShape> inputs)
    {
        RequireRank(inputs, 4);
        return SlidingWindow.Infer(inputs[0], inputs[0].Channels, Kernel, Stride, Padding, Dilation, CeilMode);
    }

    /// <inheritdoc/>
    public override string Describe() =>
        $"MaxPool {Kernel} stride {Stride}"
        + (Padding == Padding2D.None ? "" : $" padding {Padding}")
        + (Dilation == Size2D.One ? "" : $" dilation {Dilation}")
        + (CeilMode ? " ceil" : "");

    internal override (int Rank, int Channels) InferChannels(IReadOnlyList<GraphValue> inputs)
    {
        RequireRank(inputs, 4);
        SlidingWindow.Validate(Kernel, Stride, Padding, Dilation);
        PoolPadding.Validate(Kernel, Padding);
        return (4, inputs[0].Channels);
    }
}
