using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Preprocessing;

namespace DeepVision.Zoo;

/// <summary>torchvision's DenseNets.</summary>
internal static class DenseNetPresets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        Create("densenet121", DenseNetSpec.DenseNet121),
        Create("densenet161", DenseNetSpec.DenseNet161),
        Create("densenet169", DenseNetSpec.DenseNet169),
        Create("densenet201", DenseNetSpec.DenseNet201),
    ];

    private static ModelPreset Create(string name, DenseNetSpec spec) =>
        new(name, $"{spec.Name}, ImageNet classes", ImageNet.Classes, spec.Normalization, (builder, parts) => builder
            .UseDenseNet(spec with { Normalization = parts.BackboneNormalization })
            .UseClassifier(parts.Classes)
            .WithPreprocessing(ImagePreprocessing.ImageNet));
}
