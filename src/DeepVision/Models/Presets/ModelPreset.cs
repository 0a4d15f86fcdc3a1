namespace DeepVision.Models;

/// <summary>A published architecture under its torchvision name.</summary>
/// <param name="Name">The name, like <c>resnet50</c>.</param>
/// <param name="Description">What it is, in a few words.</param>
/// <param name="Configure">Takes the parts on a fresh builder.</param>
public sealed record ModelPreset(string Name, string Description, Func<VisionModelBuilder, VisionModelBuilder> Configure)
{
    /// <summary>A builder with the preset's parts; add weights and build it.</summary>
    public VisionModelBuilder CreateBuilder() => Configure(VisionModel.Create()).WithName(Name);

    /// <summary>Name and description.</summary>
    public override string ToString() => $"{Name}: {Description}";
}
