using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Heads;
using DeepVision.Necks;
using DeepVision.Preprocessing;

namespace DeepVision.Zoo;

/// <summary>
/// torchvision's RetinaNets, with the normalization of their published weights: the first one's file wants frozen batch norm
/// with epsilon 0.
/// </summary>
internal static class RetinaNetPresets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        Create(
            "retinanet_resnet50_fpn",
            "RetinaNet with a ResNet-50 and P6 from P5",
            Normalization.FrozenBatchNorm(epsilon: 0),
            FpnExtraLevels.P6P7FromPyramid,
            Normalization.None),
        Create(
            "retinanet_resnet50_fpn_v2",
            "RetinaNet with a ResNet-50, P6 from C5 and group norm in the head",
            Normalization.BatchNorm,
            FpnExtraLevels.P6P7FromBackbone,
            Normalization.GroupNorm(32)),
    ];

    private static ModelPreset Create(
        string name, string description, Normalization backbone, FpnExtraLevels extraLevels, Normalization head) =>
        new(name, description + ", COCO classes", Coco.Classes, backbone, (builder, parts) => builder
            .UseResNet(ResNetSpec.ResNet50 with { Normalization = parts.BackboneNormalization })
            .UseFpn(new FpnSpec { ExtraLevels = extraLevels })
            .UseRetinaNet(new RetinaNetHeadSpec { Classes = parts.Classes, Normalization = head })
            .WithPreprocessing(ImagePreprocessing.TorchvisionDetection()));
}
