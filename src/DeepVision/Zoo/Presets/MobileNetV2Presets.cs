using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;
using DeepVision.Heads;
using DeepVision.Preprocessing;

namespace DeepVision.Zoo;

/// <summary>torchvision's MobileNetV2.</summary>
internal static class MobileNetV2Presets
{
    internal static IReadOnlyList<ModelPreset> All { get; } = [Create("mobilenet_v2", new MobileNetV2Spec())];

    private static ModelPreset Create(string name, MobileNetV2Spec spec) =>
        new(name, $"{spec.Name}, ImageNet classes", ImageNet.Classes, spec.Normalization, (builder, parts) => builder
            .UseMobileNetV2(spec with { Normalization = parts.BackboneNormalization })
            .UseClassifier(new ClassificationHeadSpec
            {
                Classes = parts.Classes,
                Dropout = 0.2f,
                WeightInitializer = Initializer.Normal(0.01f),
            })
            .WithPreprocessing(ImagePreprocessing.ImageNetV2()));
}
