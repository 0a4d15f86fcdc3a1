using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Preprocessing;

namespace DeepVision.Zoo;

/// <summary>torchvision's ShuffleNetV2s.</summary>
internal static class ShuffleNetV2Presets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        Create("shufflenet_v2_x0_5", ShuffleNetV2Spec.X05, ImagePreprocessing.ImageNet),
        Create("shufflenet_v2_x1_0", ShuffleNetV2Spec.X10, ImagePreprocessing.ImageNet),
        Create("shufflenet_v2_x1_5", ShuffleNetV2Spec.X15, ImagePreprocessing.ImageNetV2()),
        Create("shufflenet_v2_x2_0", ShuffleNetV2Spec.X20, ImagePreprocessing.ImageNetV2()),
    ];

    private static ModelPreset Create(string name, ShuffleNetV2Spec spec, ImagePreprocessing preprocessing) =>
        new(name, $"{spec.Name}, ImageNet classes", ImageNet.Classes, spec.Normalization, (builder, parts) => builder
            .UseShuffleNetV2(spec with { Normalization = parts.BackboneNormalization })
            .UseClassifier(parts.Classes)
            .WithPreprocessing(preprocessing));
}
