namespace DeepVision.Models;

/// <summary>The preset that a file belongs to.</summary>
/// <param name="Preset">The preset.</param>
/// <param name="Classes">How many classes the file was trained on.</param>
public sealed record RecognizedPreset(ModelPreset Preset, int Classes)
{
    /// <summary>A builder with the preset's parts for that many classes; add the weights and build it.</summary>
    public VisionModelBuilder CreateBuilder() => Preset.CreateBuilder(new PresetOptions { Classes = Classes });

    /// <summary>The preset's name, and the classes.</summary>
    public override string ToString() => $"{Preset.Name} with {Classes} classes";
}
