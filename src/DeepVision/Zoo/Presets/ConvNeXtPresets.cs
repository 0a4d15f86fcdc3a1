using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;
using DeepVision.Heads;
using DeepVision.Preprocessing;

namespace DeepVision.Zoo;

/// <summary>torchvision's ConvNeXts.</summary>
internal static class ConvNeXtPresets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        Create("convnext_tiny", ConvNeXtSpec.Tiny, 236),
        Create("convnext_small", ConvNeXtSpec.Small, 230),
        Create("convnext_base", ConvNeXtSpec.Base, 232),
        Create("convnext_large", ConvNeXtSpec.Large, 232),
    ];

    private static ModelPreset Create(string name, ConvNeXtSpec spec, int resizeSize) =>
        new(name, $"{spec.Name}, ImageNet classes", ImageNet.Classes, spec.Normalization, (builder, parts) => builder
            .UseConvNeXt(spec with { Normalization = parts.BackboneNormalization })
            .UseClassifier(new ClassificationHeadSpec
            {
                Classes = parts.Classes,
                Normalization = Normalization.LayerNorm(1e-6f),
                NormalizationPath = "classifier.0",
                WeightInitializer = Initializer.Normal(0.02f),
            })
            .WithPreprocessing(ImagePreprocessing.ImageNetV2(resizeSize, 224)));
}
