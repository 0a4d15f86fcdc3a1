using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Heads;
using DeepVision.Preprocessing;

namespace DeepVision.Zoo;

/// <summary>torchvision's FCNs, with the second classifier that their published weights have.</summary>
internal static class FcnPresets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        Create("fcn_resnet50", ResNetSpec.ResNet50),
        Create("fcn_resnet101", ResNetSpec.ResNet101),
    ];

    private static ModelPreset Create(string name, ResNetSpec backbone) =>
        new(name, $"FCN with a dilated {backbone.Name}, VOC classes", Voc.Classes, backbone.Normalization, (builder, parts) => builder
            .UseResNet(backbone with { OutputStride = 8, Normalization = parts.BackboneNormalization })
            .UseFcn(new FcnHeadSpec { Classes = parts.Classes, AuxiliaryFeature = "C4" })
            .WithPreprocessing(ImagePreprocessing.TorchvisionSegmentation()));
}
