using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Heads;
using DeepVision.Necks;
using DeepVision.Preprocessing;
using DeepVision.Weights;

namespace DeepVision.Models;

/// <summary>
/// All presets. Names, key sets and numbers are torchvision's; the CIFAR ResNets are Y. Idelbayev's, the Fashion-MNIST models
/// this project's. Detectors have the normalisation of their published weights: the first RetinaNet's file wants frozen
/// batch norm with epsilon 0.
/// </summary>
public static class ModelPresets
{
    /// <summary>Every preset, by family.</summary>
    public static IReadOnlyList<ModelPreset> All { get; } =
    [
        ResNet("resnet18", ResNetSpec.ResNet18),
        ResNet("resnet34", ResNetSpec.ResNet34),
        ResNet("resnet50", ResNetSpec.ResNet50),
        ResNet("resnet101", ResNetSpec.ResNet101),
        ResNet("resnet152", ResNetSpec.ResNet152),
        Vgg("vgg11", VggSpec.Vgg11),
        Vgg("vgg11_bn", VggSpec.Vgg11.WithBatchNorm()),
        Vgg("vgg13", VggSpec.Vgg13),
        Vgg("vgg13_bn", VggSpec.Vgg13.WithBatchNorm()),
        Vgg("vgg16", VggSpec.Vgg16),
        Vgg("vgg16_bn", VggSpec.Vgg16.WithBatchNorm()),
        Vgg("vgg19", VggSpec.Vgg19),
        Vgg("vgg19_bn", VggSpec.Vgg19.WithBatchNorm()),
        RetinaNet(
            "retinanet_resnet50_fpn",
            "RetinaNet with a ResNet-50 and P6 from P5",
            Normalization.FrozenBatchNorm(epsilon: 0),
            FpnExtraLevels.P6P7FromPyramid,
            Normalization.None),
        RetinaNet(
            "retinanet_resnet50_fpn_v2",
            "RetinaNet with a ResNet-50, P6 from C5 and group norm in the head",
            Normalization.BatchNorm,
            FpnExtraLevels.P6P7FromBackbone,
            Normalization.GroupNorm(32)),
        Cifar("cifar_resnet20", CifarResNetSpec.ResNet20),
        Cifar("cifar_resnet32", CifarResNetSpec.ResNet32),
        Cifar("cifar_resnet44", CifarResNetSpec.ResNet44),
        Cifar("cifar_resnet56", CifarResNetSpec.ResNet56),
        Cifar("cifar_resnet110", CifarResNetSpec.ResNet110),
        FashionPresets.Classifier,
        FashionPresets.Detector,
    ];

    /// <summary>The preset with a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static ModelPreset Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return All.FirstOrDefault(preset => preset.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"There is no preset '{name}'"
                + (NearestName.Find(name, All.Select(preset => preset.Name)) is { } nearest ? $"; did you mean '{nearest}'?" : ".")
                + $" There are {string.Join(", ", All.Select(preset => preset.Name))}.",
                nameof(name));
    }

    private static ModelPreset ResNet(string name, ResNetSpec spec) =>
        new(name, $"{spec.Name}, ImageNet classes", ImageNet.Classes, spec.Normalization, (builder, parts) => builder
            .UseResNet(spec with { Normalization = parts.BackboneNormalization })
            .UseClassifier(parts.Classes)
            .WithPreprocessing(ImagePreprocessing.ImageNet));

    private static ModelPreset Vgg(string name, VggSpec spec) =>
        new(name, $"{spec.Name}, ImageNet classes", ImageNet.Classes, spec.Normalization, (builder, parts) => builder
            .UseVgg(spec with { Normalization = parts.BackboneNormalization })
            .UseVggClassifier(parts.Classes)
            .WithPreprocessing(ImagePreprocessing.ImageNet));

    private static ModelPreset RetinaNet(
        string name, string description, Normalization backbone, FpnExtraLevels extraLevels, Normalization head) =>
        new(name, description + ", COCO classes", Coco.Classes, backbone, (builder, parts) => builder
            .UseResNet(ResNetSpec.ResNet50 with { Normalization = parts.BackboneNormalization })
            .UseFpn(new FpnSpec { ExtraLevels = extraLevels })
            .UseRetinaNet(new RetinaNetHeadSpec { Classes = parts.Classes, Normalization = head })
            .WithPreprocessing(ImagePreprocessing.TorchvisionDetection()));

    // These were trained on whole 32 x 32 images, normalised with ImageNet's statistics.
    private static ModelPreset Cifar(string name, CifarResNetSpec spec) =>
        new(name, $"ResNet-{spec.Depth} for 32 x 32 images, CIFAR-10 classes", Cifar10.Classes, spec.Normalization, (builder, parts) => builder
            .UseCifarResNet(spec with { Normalization = parts.BackboneNormalization })
            .UseClassifier(parts.Classes)
            .WithPreprocessing(ImagePreprocessing.ImageNet with { Resize = ResizeRule.Exact(ImageSize.Square(32)), CentreCrop = null }));
}
