namespace DeepVision.Components;

/// <summary>Writes consecutive rows of a stage's input: everything behind its batch dimension, row-major.</summary>
/// <param name="first">The first row's index.</param>
/// <param name="rows">Receives whole rows; what it held before is overwritten.</param>
public delegate void HostRowWriter(int first, Memory<float> rows);
