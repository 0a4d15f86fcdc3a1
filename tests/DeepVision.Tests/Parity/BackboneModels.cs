using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Heads;
using DeepVision.Tensors;

namespace DeepVision.Tests.Parity;

/// <summary>Backbones in forms that no preset has: dilated, of other widths, and by their features.</summary>
internal static class BackboneModels
{
    private static readonly Dictionary<string, Func<VisionModelBuilder, VisionModelBuilder>> Models = new()
    {
        ["resnet50@8"] = builder => builder.UseResNet(ResNetSpec.ResNet50 with { OutputStride = 8 }).UseClassifier(1000),
        ["resnet50@16"] = builder => builder.UseResNet(ResNetSpec.ResNet50 with { OutputStride = 16 }).UseClassifier(1000),
        ["mobilenet_v1@0.25"] = builder => builder.UseMobileNetV1(MobileNetV1Spec.RetinaFace),
        ["mobilenet_v2@0.5"] = builder => builder.UseMobileNetV2(new MobileNetV2Spec { Width = 0.5 }).UseClassifier(1000),
        ["mobilenet_v3_small@0.75"] = builder => MobileNetV3(builder, MobileNetV3Spec.Small with { Width = 0.75 }, hidden: 768),
        ["mobilenet_v3_large@dilated"] = builder => MobileNetV3(builder, MobileNetV3Spec.Large with { OutputStride = 16 }, hidden: 1280),
        ["mobilenet_v3_large@reduced"] = builder => MobileNetV3(builder, MobileNetV3Spec.Large with { TailDivisor = 2 }, hidden: 640),
        ["mobilenet_v3_large@strided"] = builder => builder.UseMobileNetV3(MobileNetV3Spec.Large with { Taps = MobileNetV3Taps.StridedBlocks }),
        ["mobilenet_v3_large@expansion"] = builder =>
            builder.UseMobileNetV3(MobileNetV3Spec.Large with { Taps = MobileNetV3Taps.Expansion, TailDivisor = 2 }),
        ["densenet121@levels"] = builder => builder.UseDenseNet(DenseNetSpec.DenseNet121),
        ["regnet_y_400mf@levels"] = builder => builder.UseRegNet(RegNetSpec.Y400MF),
        ["efficientnet_b0@levels"] = builder => builder.UseEfficientNet(EfficientNetSpec.B0),
        ["efficientnet_v2_s@levels"] = builder => builder.UseEfficientNet(EfficientNetSpec.V2S),
        ["convnext_tiny@levels"] = builder => builder.UseConvNeXt(ConvNeXtSpec.Tiny),
        ["vit_small"] = builder => builder.UseVisionTransformer(SmallTransformer).UseClassifier(1000),
        ["vit_small@levels"] = builder => builder.UseVisionTransformer(SmallTransformer),
        ["shufflenet_v2@fastestdet"] = builder => builder.UseShuffleNetV2(ShuffleNetV2Spec.FastestDet),
    };

    private static VisionTransformerSpec SmallTransformer =>
        new() { Name = "small ViT", ImageSize = 96, PatchSize = 16, Depth = 4, Width = 192, Heads = 3, HiddenWidth = 768 };

    internal static IEnumerable<string> Names => Models.Keys;

    /// <summary>A builder for the model, without weights; null where there is none of that name.</summary>
    internal static VisionModelBuilder? Builder(string name) =>
        Models.TryGetValue(name, out Func<VisionModelBuilder, VisionModelBuilder>? use) ? use(VisionModel.Create()) : null;

    private static VisionModelBuilder MobileNetV3(VisionModelBuilder builder, MobileNetV3Spec spec, int hidden) =>
        builder.UseMobileNetV3(spec).UseClassifier(new ClassificationHeadSpec
        {
            Classes = 1000,
            BottleneckFeatures = hidden,
            BottleneckPath = "classifier.0",
            BottleneckActivation = Activation.HardSwish,
        });
}
