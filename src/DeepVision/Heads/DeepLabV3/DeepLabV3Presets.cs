using DeepVision.Backbones;
using DeepVision.Models;
using DeepVision.Preprocessing;

namespace DeepVision.Heads;

/// <summary>torchvision's DeepLabV3s, with the second classifier that their published weights have.</summary>
internal static class DeepLabV3Presets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        Create("deeplabv3_resnet50", ResNetSpec.ResNet50),
        Create("deeplabv3_resnet101", ResNetSpec.ResNet101),
    ];

    private static ModelPreset Create(string name, ResNetSpec backbone) =>
        new(name, $"DeepLabV3 with a dilated {backbone.Name}, VOC classes", Voc.Classes, backbone.Normalization, (builder, parts) => builder
            .UseResNet(backbone with { OutputStride = 8, Normalization = parts.BackboneNormalization })
            .UseDeepLabV3(new DeepLabV3HeadSpec { Classes = parts.Classes, AuxiliaryFeature = "C4" })
            .WithPreprocessing(ImagePreprocessing.TorchvisionSegmentation()));
}
