using DeepVision.Graphs;

namespace DeepVision.Components;

/// <summary>What a head may need to know of the model around it.</summary>
public sealed record HeadContext
{
    /// <summary>Where the backbone's official classifier keeps its last layer.</summary>
    public required string ClassifierPath { get; init; }

    /// <summary>The image tensor (N, C, H, W), for heads whose outputs are as large.</summary>
    public required GraphValue Image { get; init; }

    /// <summary>Class names in index order, as given to the builder; empty where none were given.</summary>
    public required IReadOnlyList<string> Labels { get; init; }
}
