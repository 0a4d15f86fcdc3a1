namespace DeepVision.Zoo;

/// <summary>The preset that a file belongs to.</summary>
/// <param name="Preset">The preset.</param>
/// <param name="Classes">How many classes the file was trained on.</param>
/// <param name="Alternatives">Other presets of the same keys and shapes, which differ in labels and preprocessing.</param>
public sealed record RecognizedPreset(ModelPreset Preset, int Classes, IReadOnlyList<ModelPreset> Alternatives)
{
    /// <summary>A builder with the preset's parts for that many classes; add the weights and build it.</summary>
    public VisionModelBuilder CreateBuilder() => Preset.CreateBuilder(new PresetOptions { Classes = Classes });

    /// <summary>The preset's name, the classes, and what fits as well.</summary>
    public override string ToString() =>
        $"{Preset.Name} with {Classes} classes"
        + (Alternatives.Count == 0 ? "" : $" (or {string.Join(", ", Alternatives.Select(preset => preset.Name))}, which has the same parameters)");
}
