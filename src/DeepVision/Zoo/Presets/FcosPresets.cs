using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Heads;
using DeepVision.Necks;
using DeepVision.Preprocessing;

namespace DeepVision.Zoo;

/// <summary>torchvision's FCOS, with frozen batch norm as torchvision builds it for its published weights.</summary>
internal static class FcosPresets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        new(
            "fcos_resnet50_fpn",
            "FCOS with a ResNet-50 and P6 from P5, COCO classes",
            Coco.Classes,
            Normalization.FrozenBatchNorm(),
            (builder, parts) => builder
                .UseResNet(ResNetSpec.ResNet50 with { Normalization = parts.BackboneNormalization })
                .UseFpn(new FpnSpec { ExtraLevels = FpnExtraLevels.P6P7FromPyramid })
                .UseFcos(new FcosHeadSpec { Classes = parts.Classes })
                .WithPreprocessing(ImagePreprocessing.TorchvisionDetection())),
    ];
}
