using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Zoo;

/// <summary>Y. Idelbayev's CIFAR ResNets, trained on whole 32 x 32 images normalized with ImageNet's statistics.</summary>
internal static class CifarResNetPresets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        Create("cifar_resnet20", CifarResNetSpec.ResNet20),
        Create("cifar_resnet32", CifarResNetSpec.ResNet32),
        Create("cifar_resnet44", CifarResNetSpec.ResNet44),
        Create("cifar_resnet56", CifarResNetSpec.ResNet56),
        Create("cifar_resnet110", CifarResNetSpec.ResNet110),
    ];

    private static ModelPreset Create(string name, CifarResNetSpec spec) =>
        new(name, $"ResNet-{spec.Depth} for 32 x 32 images, CIFAR-10 classes", Cifar10.Classes, spec.Normalization, (builder, parts) => builder
            .UseCifarResNet(spec with { Normalization = parts.BackboneNormalization })
            .UseClassifier(parts.Classes)
            .WithPreprocessing(ImagePreprocessing.ImageNet with { Resize = ResizeRule.Exact(ImageSize.Square(32)), CenterCrop = null }));
}
