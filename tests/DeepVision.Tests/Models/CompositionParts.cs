using DeepVision.Backbones;
using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Graphs;
using DeepVision.Heads;
using DeepVision.Necks;
using DeepVision.Tensors;

namespace DeepVision.Tests.Models;

/// <summary>Every backbone, neck and head, small enough that all of their combinations can be built.</summary>
internal static class CompositionParts
{
    internal static readonly Dictionary<string, Func<Backbone>> Backbones = new()
    {
        ["resnet18"] = () => new ResNetBackbone(ResNetSpec.ResNet18 with { BaseWidth = 8 }),
        ["resnet34"] = () => new ResNetBackbone(ResNetSpec.ResNet34 with { BaseWidth = 8 }),
        ["resnet50"] = () => new ResNetBackbone(ResNetSpec.ResNet50 with { BaseWidth = 8 }),
        ["resnet101"] = () => new ResNetBackbone(ResNetSpec.ResNet101 with { BaseWidth = 4 }),
        ["resnet152"] = () => new ResNetBackbone(ResNetSpec.ResNet152 with { BaseWidth = 4 }),
        ["resnext50"] = () => new ResNetBackbone(ResNetSpec.ResNeXt50x32x4d with { BaseWidth = 16 }),
        ["resnet50_dilated"] = () => new ResNetBackbone(ResNetSpec.ResNet50 with { BaseWidth = 4, OutputStride = 8 }),
        ["mobilenet_v1"] = () => new MobileNetV1Backbone(MobileNetV1Spec.RetinaFace),
        ["mobilenet_v2"] = () => new MobileNetV2Backbone(new MobileNetV2Spec { Width = 0.25 }),
        ["mobilenet_v3"] = () => new MobileNetV3Backbone(MobileNetV3Spec.Small with { Width = 0.5 }),
        ["mobilenet_v3_strided"] = () => new MobileNetV3Backbone(MobileNetV3Spec.Large with { Width = 0.25, Taps = MobileNetV3Taps.StridedBlocks }),
        ["mobilenet_v3_expansion"] = () =>
            new MobileNetV3Backbone(MobileNetV3Spec.Large with { Width = 0.25, TailDivisor = 2, Taps = MobileNetV3Taps.Expansion }),
        ["mobilenet_v3_dilated"] = () => new MobileNetV3Backbone(MobileNetV3Spec.Small with { Width = 0.5, OutputStride = 16 }),
        ["squeezenet"] = () => new SqueezeNetBackbone(SqueezeNetSpec.V11),
        ["shufflenet_v2"] = () => new ShuffleNetV2Backbone(ShuffleNetV2Spec.X05),
        ["cifar_resnet20"] = () => new CifarResNetBackbone(CifarResNetSpec.ResNet20),
        ["vgg11"] = () => new VggBackbone(Narrow(VggSpec.Vgg11)),
        ["vgg13"] = () => new VggBackbone(Narrow(VggSpec.Vgg13)),
        ["vgg16_bn"] = () => new VggBackbone(Narrow(VggSpec.Vgg16.WithBatchNorm())),
        ["vgg19"] = () => new VggBackbone(Narrow(VggSpec.Vgg19)),
        ["ssd_vgg16"] = () => new SsdVggBackbone(SsdVggSpec.Vgg16 with { Vgg = Narrow(VggSpec.Vgg16), FullyConnectedChannels = 32 }),
        ["densenet"] = () => new DenseNetBackbone(new DenseNetSpec { Name = "DenseNet", Depths = [1, 2, 3, 2], GrowthRate = 16, StemWidth = 16 }),
        ["regnet_x"] = () => new RegNetBackbone(SmallRegNet),
        ["regnet_y"] = () => new RegNetBackbone(SmallRegNet with { SqueezeRatio = 0.25f }),
        ["efficientnet"] = () => new EfficientNetBackbone(EfficientNetSpec.B0.Scale(width: 0.25, depth: 0.5)),
        ["efficientnet_v2"] = () => new EfficientNetBackbone(EfficientNetSpec.V2S.Scale(width: 0.25, depth: 0.1)),
        ["convnext"] = () => new ConvNeXtBackbone(new ConvNeXtSpec { Name = "ConvNeXt", Depths = [1, 1, 2, 1], Widths = [8, 12, 16, 24] }),
        ["darknet"] = () => new DarknetBackbone(DarknetSpec.Darknet21 with { StemChannels = 4 }),
        ["csp_darknet"] = () => new CspDarknetBackbone(CspDarknetSpec.Nano with { Width = 0.125 }),
        ["vit"] = () => new VisionTransformerBackbone(SmallTransformer),
    };

    internal static readonly Dictionary<string, Func<Neck[]>> Necks = new()
    {
        ["none"] = () => [],
        ["fpn"] = () => [new FpnNeck(new FpnSpec { Channels = 16 })],
        ["fpn_maxpool"] = () => [new FpnNeck(new FpnSpec { Channels = 16, ExtraLevels = FpnExtraLevels.MaxPool })],
        ["fpn_p6p7_backbone"] = () => [new FpnNeck(new FpnSpec { Channels = 16, ExtraLevels = FpnExtraLevels.P6P7FromBackbone })],
        ["fpn_named"] = () => [new FpnNeck(new FpnSpec { Channels = 16, Features = ["C5", "final"], ExtraLevels = FpnExtraLevels.MaxPool })],
        ["pan"] = () => [new PanNeck(new PanSpec())],
        ["fpn+pan"] = () => [new FpnNeck(new FpnSpec { Channels = 16 }), new PanNeck(new PanSpec())],
        ["yolo_pan"] = () => [new YoloPanNeck(new YoloPanSpec { Depth = 1 })],
        ["yolo_fpn"] = () => [new YoloFpnNeck(new YoloFpnSpec())],
        ["spp"] = () => [new SppNeck(new SppSpec())],
        ["sppf"] = () => [new SppfNeck(new SppfSpec())],
        ["spp_bottleneck"] = () => [new SppBottleneckNeck(new SppBottleneckSpec())],
        ["aspp"] = () => [new AsppNeck(new AsppSpec { Channels = 16, Rates = [2, 4] })],
        ["global_pooling"] = () => [new GlobalPoolingNeck(new GlobalPoolingSpec())],
        ["identity"] = () => [new IdentityNeck()],
        ["se"] = () => [new SqueezeExcitationNeck(new SqueezeExcitationSpec { Reduction = 4 })],
        ["sam"] = () => [new SpatialAttentionNeck(new SpatialAttentionSpec())],
        ["cbam"] = () => [new CbamNeck(new CbamSpec { Reduction = 4 })],
        ["cbam+fpn"] = () => [new CbamNeck(new CbamSpec { Reduction = 4 }), new FpnNeck(new FpnSpec { Channels = 16 })],
        ["bifpn"] = () => [new BiFpnNeck(new BiFpnSpec { Channels = 16, Repeats = 1 })],
        ["fpn_concat+pan_concat"] = () =>
        [
            new FpnNeck(new FpnSpec { Channels = 16, Fusion = FeatureFusion.Concatenate }),
            new PanNeck(new PanSpec { Fusion = FeatureFusion.Concatenate }),
        ],
        ["ssd_layers"] = () => [new SsdLayersNeck(new SsdLayersSpec { Layers = [new(16, 8), new(16, 8), new(16, 8)] })],
        ["ssd_layers_c4"] = () =>
        [
            new SsdLayersNeck(new SsdLayersSpec { Levels = new LevelRange(3, 4), IsSeparable = true, Layers = [new(16, 8), new(16, 8), new(16, 8)] }),
        ],
        ["retinaface_fpn"] = () => [new RetinaFaceFpnNeck(new RetinaFaceFpnSpec { Channels = 16 })],
        ["ssh"] = () => [new SshNeck(new SshSpec())],
        ["retinaface_fpn+ssh"] = () => [new RetinaFaceFpnNeck(new RetinaFaceFpnSpec { Channels = 16 }), new SshNeck(new SshSpec())],
        ["fastestdet"] = () => [new FastestDetNeck(new FastestDetNeckSpec())],
        ["sppf+fpn+pan"] = () => [new SppfNeck(new SppfSpec()), new FpnNeck(new FpnSpec { Channels = 16 }), new PanNeck(new PanSpec())],
    };

    internal static readonly Dictionary<string, Func<Head?>> Heads = new()
    {
        ["features"] = () => null,
        ["classification"] = () => new ClassificationHead(new ClassificationHeadSpec { Classes = 5, BottleneckFeatures = 8, Temperature = 2 }),
        ["vgg"] = () => new VggHead(new VggHeadSpec { Classes = 5, HiddenFeatures = 8 }),
        ["squeezenet"] = () => new SqueezeNetHead(new SqueezeNetHeadSpec { Classes = 5 }),
        ["retinanet"] = () => new RetinaNetHead(new RetinaNetHeadSpec { Classes = 3, TowerDepth = 1 }),
        ["fastestdet"] = () => new FastestDetHead(new FastestDetHeadSpec { Classes = 3 }),
        ["retinaface"] = () => new RetinaFaceHead(new RetinaFaceHeadSpec()),
        ["yolox"] = () => new YoloxHead(new YoloxHeadSpec { Classes = 3, HiddenChannels = 8 }),
        ["fcos"] = () => new FcosHead(new FcosHeadSpec { Classes = 3, TowerDepth = 1, Normalization = Normalization.GroupNorm(8) }),
        ["ssd"] = () => new SsdHead(new SsdHeadSpec { Classes = 3, Boxes = FiveMaps }),
        ["ssdlite"] = () => new SsdHead(new SsdHeadSpec { Classes = 3, Boxes = FiveMaps, IsSeparable = true }),
        ["fasterrcnn"] = () => new FasterRcnnHead(new FasterRcnnHeadSpec { Classes = 3, HiddenFeatures = 8 }),
        ["fasterrcnn_named"] = () => new FasterRcnnHead(new FasterRcnnHeadSpec
        {
            Classes = 3,
            HiddenFeatures = 8,
            Anchors = AnchorSpec.FasterRcnnMobile,
            Features = ["P5", "Pfinal", "P6"],
        }),
        ["fcn"] = () => new FcnHead(new FcnHeadSpec { Classes = 3 }),
        ["deeplabv3"] = () => new DeepLabV3Head(new DeepLabV3HeadSpec { Classes = 3, Aspp = new AsppSpec { Channels = 8, Rates = [2, 4] } }),
        ["lraspp"] = () => new LrasppHead(new LrasppHeadSpec { Classes = 3, Channels = 8 }),
    };

    private static VisionTransformerSpec SmallTransformer =>
        new() { Name = "ViT", ImageSize = new(64, 96), PatchSize = 16, Depth = 2, Width = 16, Heads = 2, HiddenWidth = 32 };

    private static RegNetSpec SmallRegNet => new() { Name = "RegNet", Depths = [1, 2, 1, 1], Widths = [8, 16, 24, 32], GroupWidth = 8 };

    internal static DefaultBoxSpec FiveMaps => DefaultBoxSpec.Spread(5, 0.2, 0.95, [2]);

    private static VggSpec Narrow(VggSpec spec) => spec with { Widths = [8, 12, 16, 24, 24] };
}
