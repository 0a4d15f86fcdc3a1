using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Models;
using DeepVision.Necks;
using DeepVision.Preprocessing;

namespace DeepVision.Heads;

/// <summary>
/// torchvision's Faster R-CNNs, with the normalisation of their published weights: the first one's file wants frozen batch norm
/// with epsilon 0.
/// </summary>
internal static class FasterRcnnPresets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        Create(
            "fasterrcnn_resnet50_fpn",
            "Faster R-CNN with a ResNet-50",
            Normalization.FrozenBatchNorm(epsilon: 0),
            Normalization.None,
            new FasterRcnnHeadSpec { Classes = Coco.Classes.Count }),
        Create(
            "fasterrcnn_resnet50_fpn_v2",
            "Faster R-CNN with a ResNet-50, batch norm in the pyramid and convolutions in the box head",
            Normalization.BatchNorm,
            Normalization.BatchNorm,
            new FasterRcnnHeadSpec { Classes = Coco.Classes.Count, ProposalDepth = 2, BoxConvolutions = [256, 256, 256, 256] }),
    ];

    private static ModelPreset Create(
        string name, string description, Normalization backbone, Normalization pyramid, FasterRcnnHeadSpec head) =>
        new(name, description + ", COCO classes", Coco.Classes, backbone, (builder, parts) => builder
            .UseResNet(ResNetSpec.ResNet50 with { Normalization = parts.BackboneNormalization })
            .UseFpn(new FpnSpec { Normalization = pyramid })
            .UseFasterRcnn(head with { Classes = parts.Classes })
            .WithPreprocessing(ImagePreprocessing.TorchvisionDetection()));
}
