namespace DeepVision.Graphs;

/// <summary>Gives the values of a graph's parameters, one at a time, so that no engine holds all of them twice. Thread-safe.</summary>
public interface IParameterValues
{
    /// <summary>Reads a parameter's values in row-major order as float32; a derived parameter is computed.</summary>
    /// <param name="parameter">A parameter of the graph.</param>
    /// <param name="destination">Exactly as many elements as the parameter's shape has.</param>
    void Read(Parameter parameter, Span<float> destination);
}
