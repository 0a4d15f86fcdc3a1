using DeepVision.Graphs;

namespace DeepVision.Components;

/// <summary>A promised feature and the value that keeps the promise.</summary>
/// <param name="Info">What was promised.</param>
/// <param name="Value">The value in the graph.</param>
public sealed record FeatureMap(FeatureInfo Info, GraphValue Value);
