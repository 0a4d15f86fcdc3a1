using DeepVision.Backbones;
using DeepVision.Detections;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Heads;
using DeepVision.Necks;
using DeepVision.Preprocessing;

namespace DeepVision.Zoo;

/// <summary>
/// torchvision's Faster R-CNNs, with the normalization of their published weights: the first one's file wants frozen batch norm
/// with epsilon 0, the MobileNetV3s' frozen batch norm with its usual epsilon.
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
        CreateMobile(
            "fasterrcnn_mobilenet_v3_large_fpn",
            "Faster R-CNN with a MobileNetV3-Large",
            new ProposalOptions { ScoreThreshold = 0.05f },
            ImagePreprocessing.TorchvisionDetection()),
        CreateMobile(
            "fasterrcnn_mobilenet_v3_large_320_fpn",
            "Faster R-CNN with a MobileNetV3-Large, small images and few proposals",
            new ProposalOptions { ScoreThreshold = 0.05f, TopKPerLevel = 150, MaxProposals = 150 },
            ImagePreprocessing.TorchvisionDetection(320, 640)),
    ];

    private static ModelPreset Create(
        string name, string description, Normalization backbone, Normalization pyramid, FasterRcnnHeadSpec head) =>
        new(name, description + ", COCO classes", Coco.Classes, backbone, (builder, parts) => builder
            .UseResNet(ResNetSpec.ResNet50 with { Normalization = parts.BackboneNormalization })
            .UseFpn(new FpnSpec { Normalization = pyramid })
            .UseFasterRcnn(head with { Classes = parts.Classes })
            .WithPreprocessing(ImagePreprocessing.TorchvisionDetection()));

    // The pyramid's two maps of stride 32 are the first block of that stride and the convolution behind the last; all sizes of anchors
    // stand on each of its three.
    private static ModelPreset CreateMobile(string name, string description, ProposalOptions proposals, ImagePreprocessing preprocessing) =>
        new(name, description + ", COCO classes", Coco.Classes, Normalization.FrozenBatchNorm(), (builder, parts) => builder
            .UseMobileNetV3(MobileNetV3Spec.Large with
            {
                Taps = MobileNetV3Taps.StridedBlocks,
                Normalization = parts.BackboneNormalization,
            })
            .UseFpn(new FpnSpec { Features = ["C5", "final"], ExtraLevels = FpnExtraLevels.MaxPool })
            .UseFasterRcnn(new FasterRcnnHeadSpec
            {
                Classes = parts.Classes,
                Features = ["P5", "Pfinal", "P6"],
                Anchors = AnchorSpec.FasterRcnnMobile,
                Proposals = proposals,
            })
            .WithPreprocessing(preprocessing));
}
