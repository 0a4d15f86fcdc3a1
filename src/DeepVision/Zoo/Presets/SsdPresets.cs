using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Heads;
using DeepVision.Necks;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Zoo;

/// <summary>torchvision's SSDs.</summary>
internal static class SsdPresets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        new(
            "ssd300_vgg16",
            "SSD for 300 x 300 with a VGG-16, COCO classes",
            Coco.Classes,
            Normalization.None,
            (builder, parts) => builder
                .UseSsdVgg(SsdVggSpec.Vgg16 with { Vgg = VggSpec.Vgg16 with { Normalization = parts.BackboneNormalization } })
                .UseSsdLayers(SsdLayersSpec.Ssd300)
                .UseSsd(new SsdHeadSpec { Classes = parts.Classes })
                .WithPreprocessing(Exactly(300, new ChannelValues(0.48235f, 0.45882f, 0.40784f), ChannelValues.All(1f / 255f)))),
        new(
            "ssdlite320_mobilenet_v3_large",
            "SSDLite for 320 x 320 with a MobileNetV3-Large of reduced tail, COCO classes",
            Coco.Classes,
            Normalization.BatchNormWith(epsilon: 1e-3f, momentum: 0.03f),
            (builder, parts) => builder
                .UseMobileNetV3(MobileNetV3Spec.Large with
                {
                    Name = "MobileNetV3-Large with a reduced tail",
                    TailDivisor = 2,
                    Taps = MobileNetV3Taps.Expansion,
                    Normalization = parts.BackboneNormalization,
                })
                .UseSsdLayers(SsdLayersSpec.SsdLite320)
                .UseSsd(SsdHeadSpec.SsdLite320(parts.Classes))
                .WithPreprocessing(Exactly(320, ChannelValues.All(0.5f), ChannelValues.All(0.5f)))),
    ];

    private static ImagePreprocessing Exactly(int side, ChannelValues mean, ChannelValues std) => new()
    {
        Resize = ResizeRule.Exact(ImageSize.Square(side)),
        Interpolation = Interpolation.BilinearFloat,
        Mean = mean,
        Std = std,
    };
}
