using DeepVision.Components;
using DeepVision.Graphs;

namespace DeepVision.Models;

/// <summary>One graph of a model. Single-stage models have one; between the stages of others the host does a step.</summary>
/// <param name="Name">Unique in the model.</param>
/// <param name="Graph">The graph, as composed; engines run its <c>ForInference()</c>.</param>
public sealed record ModelStage(string Name, ModelGraph Graph)
{
    /// <summary>What the host does before the stage; null for the first, which reads the image.</summary>
    public HostStep? Step { get; init; }
}
