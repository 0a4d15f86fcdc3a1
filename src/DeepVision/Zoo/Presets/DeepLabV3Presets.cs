using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Heads;
using DeepVision.Preprocessing;

namespace DeepVision.Zoo;

/// <summary>torchvision's DeepLabV3s, with the second classifier that their published weights have.</summary>
internal static class DeepLabV3Presets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        Create("deeplabv3_resnet50", ResNetSpec.ResNet50),
        Create("deeplabv3_resnet101", ResNetSpec.ResNet101),

        // Stride 16, while the ResNets have 8; the second classifier stands on the first block of stride 8.
        new(
            "deeplabv3_mobilenet_v3_large",
            "DeepLabV3 with a dilated MobileNetV3-Large, VOC classes",
            Voc.Classes,
            MobileNetV3Spec.Large.Normalization,
            (builder, parts) => builder
                .UseMobileNetV3(MobileNetV3Spec.Large with
                {
                    OutputStride = 16,
                    Taps = MobileNetV3Taps.StridedBlocks,
                    Normalization = parts.BackboneNormalization,
                })
                .UseDeepLabV3(new DeepLabV3HeadSpec { Classes = parts.Classes, Feature = "final", AuxiliaryFeature = "C3" })
                .WithPreprocessing(ImagePreprocessing.TorchvisionSegmentation())),
    ];

    private static ModelPreset Create(string name, ResNetSpec backbone) =>
        new(name, $"DeepLabV3 with a dilated {backbone.Name}, VOC classes", Voc.Classes, backbone.Normalization, (builder, parts) => builder
            .UseResNet(backbone with { OutputStride = 8, Normalization = parts.BackboneNormalization })
            .UseDeepLabV3(new DeepLabV3HeadSpec { Classes = parts.Classes, AuxiliaryFeature = "C4" })
            .WithPreprocessing(ImagePreprocessing.TorchvisionSegmentation()));
}
