namespace DeepVision.Graphs;

/// <summary>Values that can be read in slices, so that a thread needs memory for a slice only. Thread-safe.</summary>
internal interface ISlicedValues : IParameterValues
{
    /// <summary>Whether a slice of a parameter takes about its share of the time that the whole takes.</summary>
    bool CanSlice(Parameter parameter);

    /// <summary>Reads some of a parameter's values in row-major order; the same bits as reading the whole gives.</summary>
    /// <param name="parameter">One that <see cref="CanSlice"/>.</param>
    /// <param name="first">The first element's index.</param>
    /// <param name="destination">As many elements as are wanted.</param>
    void ReadSlice(Parameter parameter, long first, Span<float> destination);
}
