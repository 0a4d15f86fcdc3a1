using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;
using DeepVision.Heads;
using DeepVision.Preprocessing;

namespace DeepVision.Zoo;

/// <summary>torchvision's EfficientNets of both versions, with their default weights' preprocessing.</summary>
internal static class EfficientNetPresets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        Create("efficientnet_b0", EfficientNetSpec.B0, 0.2f, Bicubic(256, 224)),
        Create("efficientnet_b1", EfficientNetSpec.B1, 0.2f, ImagePreprocessing.ImageNetV2(255, 240)),
        Create("efficientnet_b2", EfficientNetSpec.B2, 0.3f, Bicubic(288, 288)),
        Create("efficientnet_b3", EfficientNetSpec.B3, 0.3f, Bicubic(320, 300)),
        Create("efficientnet_b4", EfficientNetSpec.B4, 0.4f, Bicubic(384, 380)),
        Create("efficientnet_b5", EfficientNetSpec.B5, 0.4f, Bicubic(456, 456)),
        Create("efficientnet_b6", EfficientNetSpec.B6, 0.5f, Bicubic(528, 528)),
        Create("efficientnet_b7", EfficientNetSpec.B7, 0.5f, Bicubic(600, 600)),
        Create("efficientnet_v2_s", EfficientNetSpec.V2S, 0.2f, ImagePreprocessing.ImageNetV2(384, 384)),
        Create("efficientnet_v2_m", EfficientNetSpec.V2M, 0.3f, ImagePreprocessing.ImageNetV2(480, 480)),
        Create("efficientnet_v2_l", EfficientNetSpec.V2L, 0.4f, Bicubic(480, 480) with
        {
            Mean = ChannelValues.All(0.5f),
            Std = ChannelValues.All(0.5f),
        }),
    ];

    private static ImagePreprocessing Bicubic(int resizeSize, int cropSize) =>
        ImagePreprocessing.ImageNetV2(resizeSize, cropSize) with { Interpolation = Interpolation.BicubicAntialias };

    private static ModelPreset Create(string name, EfficientNetSpec spec, float dropout, ImagePreprocessing preprocessing) =>
        new(name, $"{spec.Name}, ImageNet classes", ImageNet.Classes, spec.Normalization, (builder, parts) => builder
            .UseEfficientNet(spec with { Normalization = parts.BackboneNormalization })
            .UseClassifier(new ClassificationHeadSpec
            {
                Classes = parts.Classes,
                Dropout = dropout,
                WeightInitializer = Initializer.TorchDefault(parts.Classes), // by the classes, not by the features
            })
            .WithPreprocessing(preprocessing));
}
