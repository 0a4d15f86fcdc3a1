using DeepVision.Graphs;

namespace DeepVision.Zoo;

/// <summary>What may differ from a preset: the classes, for weights trained on others, and the backbone's normalization.</summary>
public sealed record PresetOptions
{
    /// <summary>How many classes the head has. Default null: the preset's, or as many as there are <see cref="Labels"/>.</summary>
    public int? Classes { get; init; }

    /// <summary>The classes' names in index order. Default null: the preset's, where the number of classes is the preset's.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The backbone's normalization. Default null: the preset's.</summary>
    public Normalization? BackboneNormalization { get; init; }
}
