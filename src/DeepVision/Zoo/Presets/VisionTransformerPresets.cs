using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Heads;
using DeepVision.Preprocessing;

namespace DeepVision.Zoo;

/// <summary>torchvision's Vision Transformers for images of 224 pixels.</summary>
internal static class VisionTransformerPresets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        Create("vit_b_16", VisionTransformerSpec.Base16, ImagePreprocessing.ImageNet),
        Create("vit_b_32", VisionTransformerSpec.Base32, ImagePreprocessing.ImageNet),
        Create("vit_l_16", VisionTransformerSpec.Large16, ImagePreprocessing.ImageNetV2(242, 224)),
        Create("vit_l_32", VisionTransformerSpec.Large32, ImagePreprocessing.ImageNet),

        // Its weights for images of 224 pixels are those whose body was trained on other pictures (SWAG).
        Create("vit_h_14", VisionTransformerSpec.Huge14, ImagePreprocessing.ImageNetV2(224, 224) with { Interpolation = Interpolation.BicubicAntialias }),
    ];

    private static ModelPreset Create(string name, VisionTransformerSpec spec, ImagePreprocessing preprocessing) =>
        new(name, $"{spec.Name}, ImageNet classes", ImageNet.Classes, spec.Normalization, (builder, parts) => builder
            .UseVisionTransformer(spec with { Normalization = parts.BackboneNormalization })
            .UseClassifier(new ClassificationHeadSpec { Classes = parts.Classes, WeightInitializer = Initializer.Zero })
            .WithPreprocessing(preprocessing));
}
