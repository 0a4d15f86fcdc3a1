using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Preprocessing;

namespace DeepVision.Zoo;

/// <summary>torchvision's SqueezeNets.</summary>
internal static class SqueezeNetPresets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        Create("squeezenet1_0", SqueezeNetSpec.V10),
        Create("squeezenet1_1", SqueezeNetSpec.V11),
    ];

    private static ModelPreset Create(string name, SqueezeNetSpec spec) =>
        new(name, $"{spec.Name}, ImageNet classes", ImageNet.Classes, spec.Normalization, (builder, parts) => builder
            .UseSqueezeNet(spec with { Normalization = parts.BackboneNormalization })
            .UseSqueezeNetClassifier(parts.Classes)
            .WithPreprocessing(ImagePreprocessing.ImageNet));
}
