using DeepVision.Backbones;
using DeepVision.Detections;
using DeepVision.Graphs;
using DeepVision.Heads;
using DeepVision.Necks;
using DeepVision.Preprocessing;
using DeepVision.Weights;

namespace DeepVision.Models;

/// <summary>
/// All presets. Names, key sets and numbers are torchvision's; the CIFAR ResNets are Y. Idelbayev's. Detectors have the
/// normalisation of their published weights: the first RetinaNet's file wants frozen batch norm with epsilon 0.
/// </summary>
public static class ModelPresets
{
    private const int ImageNetClasses = 1000;
    private const int CocoClasses = 91;

    /// <summary>Every preset, by family.</summary>
    public static IReadOnlyList<ModelPreset> All { get; } =
    [
        ResNet("resnet18", ResNetSpec.ResNet18),
        ResNet("resnet34", ResNetSpec.ResNet34),
        ResNet("resnet50", ResNetSpec.ResNet50),
        ResNet("resnet101", ResNetSpec.ResNet101),
        ResNet("resnet152", ResNetSpec.ResNet152),
        Cifar("cifar_resnet20", CifarResNetSpec.ResNet20),
        Cifar("cifar_resnet32", CifarResNetSpec.ResNet32),
        Cifar("cifar_resnet44", CifarResNetSpec.ResNet44),
        Cifar("cifar_resnet56", CifarResNetSpec.ResNet56),
        Cifar("cifar_resnet110", CifarResNetSpec.ResNet110),
        Vgg("vgg11", VggSpec.Vgg11),
        Vgg("vgg11_bn", VggSpec.Vgg11.WithBatchNorm()),
        Vgg("vgg13", VggSpec.Vgg13),
        Vgg("vgg13_bn", VggSpec.Vgg13.WithBatchNorm()),
        Vgg("vgg16", VggSpec.Vgg16),
        Vgg("vgg16_bn", VggSpec.Vgg16.WithBatchNorm()),
        Vgg("vgg19", VggSpec.Vgg19),
        Vgg("vgg19_bn", VggSpec.Vgg19.WithBatchNorm()),
        new("retinanet_resnet50_fpn", "RetinaNet with a ResNet-50 and P6 from P5, COCO classes", builder => builder
            .UseResNet(ResNetSpec.ResNet50 with { Normalization = Normalization.FrozenBatchNorm(epsilon: 0) })
            .UseFpn(new FpnSpec { ExtraLevels = FpnExtraLevels.P6P7FromPyramid })
            .UseRetinaNet(new RetinaNetHeadSpec { Classes = CocoClasses })
            .WithPreprocessing(ImagePreprocessing.TorchvisionDetection())),
        new("retinanet_resnet50_fpn_v2", "RetinaNet with a ResNet-50, P6 from C5 and group norm in the head, COCO classes", builder => builder
            .UseResNet(ResNetSpec.ResNet50)
            .UseFpn(new FpnSpec { ExtraLevels = FpnExtraLevels.P6P7FromBackbone })
            .UseRetinaNet(new RetinaNetHeadSpec { Classes = CocoClasses, Normalization = Normalization.GroupNorm(32) })
            .WithPreprocessing(ImagePreprocessing.TorchvisionDetection())),
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
        new(name, $"{spec.Name}, ImageNet classes", builder => builder
            .UseResNet(spec).UseClassifier(ImageNetClasses).WithPreprocessing(ImagePreprocessing.ImageNet));

    private static ModelPreset Vgg(string name, VggSpec spec) =>
        new(name, $"{spec.Name}, ImageNet classes", builder => builder
            .UseVgg(spec).UseVggClassifier(ImageNetClasses).WithPreprocessing(ImagePreprocessing.ImageNet));

    // These were trained on whole 32 x 32 images, normalised with ImageNet's statistics.
    private static ModelPreset Cifar(string name, CifarResNetSpec spec) =>
        new(name, $"ResNet-{spec.Depth} for 32 x 32 images, CIFAR-10 classes", builder => builder
            .UseCifarResNet(spec)
            .UseClassifier(CifarLabels.Classes)
            .WithPreprocessing(ImagePreprocessing.ImageNet with { Resize = ResizeRule.Exact(ImageSize.Square(32)), CentreCrop = null }));
}
