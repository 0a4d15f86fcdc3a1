using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Preprocessing;

namespace DeepVision.Zoo;

/// <summary>torchvision's ResNets, ResNeXts and Wide ResNets.</summary>
internal static class ResNetPresets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        Create("resnet18", ResNetSpec.ResNet18),
        Create("resnet34", ResNetSpec.ResNet34),
        Create("resnet50", ResNetSpec.ResNet50),
        Create("resnet101", ResNetSpec.ResNet101),
        Create("resnet152", ResNetSpec.ResNet152),
        Create("resnext50_32x4d", ResNetSpec.ResNeXt50x32x4d, ImagePreprocessing.ImageNetV2()),
        Create("resnext101_32x8d", ResNetSpec.ResNeXt101x32x8d, ImagePreprocessing.ImageNetV2()),
        Create("resnext101_64x4d", ResNetSpec.ResNeXt101x64x4d, ImagePreprocessing.ImageNetV2()),
        Create("wide_resnet50_2", ResNetSpec.WideResNet50x2, ImagePreprocessing.ImageNetV2()),
        Create("wide_resnet101_2", ResNetSpec.WideResNet101x2, ImagePreprocessing.ImageNetV2()),
    ];

    private static ModelPreset Create(string name, ResNetSpec spec, ImagePreprocessing? preprocessing = null) =>
        new(name, $"{spec.Name}, ImageNet classes", ImageNet.Classes, spec.Normalization, (builder, parts) => builder
            .UseResNet(spec with { Normalization = parts.BackboneNormalization })
            .UseClassifier(parts.Classes)
            .WithPreprocessing(preprocessing ?? ImagePreprocessing.ImageNet));
}
