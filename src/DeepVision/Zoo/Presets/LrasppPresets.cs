using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Heads;
using DeepVision.Preprocessing;

namespace DeepVision.Zoo;

/// <summary>torchvision's Lite R-ASPP.</summary>
internal static class LrasppPresets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        new(
            "lraspp_mobilenet_v3_large",
            "Lite R-ASPP with a dilated MobileNetV3-Large, VOC classes",
            Voc.Classes,
            MobileNetV3Spec.Large.Normalization,
            (builder, parts) => builder
                .UseMobileNetV3(MobileNetV3Spec.Large with
                {
                    OutputStride = 16,
                    Taps = MobileNetV3Taps.StridedBlocks,
                    Normalization = parts.BackboneNormalization,
                })
                .UseLraspp(new LrasppHeadSpec { Classes = parts.Classes, HighFeature = "final", LowFeature = "C3" })
                .WithPreprocessing(ImagePreprocessing.TorchvisionSegmentation())),
    ];
}
