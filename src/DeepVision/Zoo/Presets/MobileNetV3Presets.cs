using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;
using DeepVision.Heads;
using DeepVision.Preprocessing;

namespace DeepVision.Zoo;

/// <summary>torchvision's MobileNetV3s.</summary>
internal static class MobileNetV3Presets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        Create("mobilenet_v3_small", MobileNetV3Spec.Small, hidden: 1024, ImagePreprocessing.ImageNet),
        Create("mobilenet_v3_large", MobileNetV3Spec.Large, hidden: 1280, ImagePreprocessing.ImageNetV2()),
    ];

    private static ModelPreset Create(string name, MobileNetV3Spec spec, int hidden, ImagePreprocessing preprocessing) =>
        new(name, $"{spec.Name}, ImageNet classes", ImageNet.Classes, spec.Normalization, (builder, parts) => builder
            .UseMobileNetV3(spec with { Normalization = parts.BackboneNormalization })
            .UseClassifier(new ClassificationHeadSpec
            {
                Classes = parts.Classes,
                BottleneckFeatures = hidden,
                BottleneckPath = "classifier.0",
                BottleneckActivation = Activation.HardSwish,
                Dropout = 0.2f,
                WeightInitializer = Initializer.Normal(0.01f),
            })
            .WithPreprocessing(preprocessing));
}
