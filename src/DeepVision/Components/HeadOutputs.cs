using DeepVision.Graphs;

namespace DeepVision.Components;

/// <summary>What a head gives: raw outputs by name, and the task that decodes them.</summary>
/// <param name="Outputs">The raw outputs.</param>
/// <param name="Task">How they become answers.</param>
public sealed record HeadOutputs(IReadOnlyList<GraphOutput> Outputs, VisionTask Task)
{
    /// <summary>Graphs that run after the first, in order. Default none.</summary>
    public IReadOnlyList<HeadStage> Stages { get; init; } = [];
}
