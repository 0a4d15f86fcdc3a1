using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Preprocessing;

namespace DeepVision.Zoo;

/// <summary>torchvision's VGGs.</summary>
internal static class VggPresets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        Create("vgg11", VggSpec.Vgg11),
        Create("vgg11_bn", VggSpec.Vgg11.WithBatchNorm()),
        Create("vgg13", VggSpec.Vgg13),
        Create("vgg13_bn", VggSpec.Vgg13.WithBatchNorm()),
        Create("vgg16", VggSpec.Vgg16),
        Create("vgg16_bn", VggSpec.Vgg16.WithBatchNorm()),
        Create("vgg19", VggSpec.Vgg19),
        Create("vgg19_bn", VggSpec.Vgg19.WithBatchNorm()),
    ];

    private static ModelPreset Create(string name, VggSpec spec) =>
        new(name, $"{spec.Name}, ImageNet classes", ImageNet.Classes, spec.Normalization, (builder, parts) => builder
            .UseVgg(spec with { Normalization = parts.BackboneNormalization })
            .UseVggClassifier(parts.Classes)
            .WithPreprocessing(ImagePreprocessing.ImageNet));
}
