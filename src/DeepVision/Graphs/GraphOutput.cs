namespace DeepVision.Graphs;

/// <summary>A value that a graph gives to its caller, by name.</summary>
/// <param name="Name">Unique among the graph's outputs, like <c>logits</c> or <c>P3</c>.</param>
/// <param name="Value">What is given.</param>
public sealed record GraphOutput(string Name, GraphValue Value);
