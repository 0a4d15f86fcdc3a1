namespace DeepVision.Graphs;

/// <summary>A parameter that a pass computes from others, like a convolution's weight with its batch norm folded in.</summary>
public abstract class ParameterDerivation
{
    private protected ParameterDerivation()
    {
    }

    /// <summary>The parameters that it is computed from; none of them is derived itself.</summary>
    public abstract IReadOnlyList<Parameter> Sources { get; }

    /// <summary>Computes the values, row-major.</summary>
    /// <param name="values">The values of the <see cref="Sources"/>.</param>
    /// <param name="destination">As many elements as the derived parameter has.</param>
    public abstract void Evaluate(IParameterValues values, Span<float> destination);

    /// <summary>Whether <see cref="EvaluateSlice"/> takes about a slice's share of the time.</summary>
    internal virtual bool CanSlice(ISlicedValues values) => false;

    /// <summary>Computes some of the values, row-major; the same bits as <see cref="Evaluate"/>.</summary>
    internal virtual void EvaluateSlice(ISlicedValues values, long first, Span<float> destination) =>
        throw new NotSupportedException($"{GetType().Name} is computed as a whole.");
}
