using DeepVision.Graphs;

namespace DeepVision.Components;

/// <summary>A further graph of a head that runs after the first, on what the host makes of the outputs so far.</summary>
/// <param name="Name">Unique in the model, like <c>roi</c>.</param>
/// <param name="InputChannels">Channels of the tensor that the host step gives it.</param>
/// <param name="Step">What the host does before it.</param>
/// <param name="Build">Writes the nodes below the head's path, and gives the outputs.</param>
public sealed record HeadStage(
    string Name, int InputChannels, HostStep Step, Func<GraphScope, GraphValue, IReadOnlyList<GraphOutput>> Build);
