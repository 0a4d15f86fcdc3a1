using DeepVision.Graphs;

namespace DeepVision.Weights;

/// <summary>What a file is loaded into: some of a model's parameters, under the names that the file uses for them.</summary>
internal sealed record WeightTarget
{
    /// <summary>The whole model, or a component's name.</summary>
    public required string Name { get; init; }

    /// <summary>The parameters to fill, by the keys that the file should have.</summary>
    public required IReadOnlyDictionary<string, Parameter> Parameters { get; init; }

    /// <summary>Names that older checkpoints use, to the names in <see cref="Parameters"/>.</summary>
    public required IReadOnlyDictionary<string, string> FormerKeys { get; init; }

    /// <summary>Whether keys beyond the parameters belong to other parts, as when one component is loaded.</summary>
    public required bool IsPart { get; init; }

    /// <summary>What stands before the keys in the file and not in <see cref="Parameters"/>, where that has been found out already.</summary>
    public KeyPrefix Prefix { get; init; } = KeyPrefix.Unknown;
}
