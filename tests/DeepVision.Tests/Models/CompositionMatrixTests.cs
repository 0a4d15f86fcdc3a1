using DeepVision.Backbones;
using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Graphs;
using DeepVision.Heads;
using DeepVision.Models;
using DeepVision.Necks;
using DeepVision.Prediction;
using DeepVision.Tensors;

namespace DeepVision.Tests.Models;

/// <summary>Every backbone with every neck and every head: it builds and runs one image, or fails in Build naming both parts.</summary>
public sealed class CompositionMatrixTests
{
    private static readonly Dictionary<string, Func<Backbone>> Backbones = new()
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
        ["squeezenet"] = () => new SqueezeNetBackbone(SqueezeNetSpec.V11),
        ["shufflenet_v2"] = () => new ShuffleNetV2Backbone(ShuffleNetV2Spec.X05),
        ["cifar_resnet20"] = () => new CifarResNetBackbone(CifarResNetSpec.ResNet20),
        ["vgg11"] = () => new VggBackbone(Narrow(VggSpec.Vgg11)),
        ["vgg13"] = () => new VggBackbone(Narrow(VggSpec.Vgg13)),
        ["vgg16_bn"] = () => new VggBackbone(Narrow(VggSpec.Vgg16.WithBatchNorm())),
        ["vgg19"] = () => new VggBackbone(Narrow(VggSpec.Vgg19)),
        ["ssd_vgg16"] = () => new SsdVggBackbone(SsdVggSpec.Vgg16 with { Vgg = Narrow(VggSpec.Vgg16), FullyConnectedChannels = 32 }),
        ["densenet"] = () => new DenseNetBackbone(new DenseNetSpec { Name = "DenseNet", Depths = [1, 2, 3, 2], GrowthRate = 8, StemWidth = 8 }),
        ["regnet_x"] = () => new RegNetBackbone(SmallRegNet),
        ["regnet_y"] = () => new RegNetBackbone(SmallRegNet with { SqueezeRatio = 0.25f }),
        ["efficientnet"] = () => new EfficientNetBackbone(EfficientNetSpec.B0.Scale(width: 0.25, depth: 0.5)),
        ["efficientnet_v2"] = () => new EfficientNetBackbone(EfficientNetSpec.V2S.Scale(width: 0.25, depth: 0.1)),
        ["convnext"] = () => new ConvNeXtBackbone(new ConvNeXtSpec { Name = "ConvNeXt", Depths = [1, 1, 2, 1], Widths = [8, 12, 16, 24] }),
        ["vit"] = () => new VisionTransformerBackbone(SmallTransformer),
    };

    private static readonly Dictionary<string, Func<Neck[]>> Necks = new()
    {
        ["none"] = () => [],
        ["fpn"] = () => [new FpnNeck(new FpnSpec { Channels = 16 })],
        ["fpn_maxpool"] = () => [new FpnNeck(new FpnSpec { Channels = 16, ExtraLevels = FpnExtraLevels.MaxPool })],
        ["fpn_p6p7_backbone"] = () => [new FpnNeck(new FpnSpec { Channels = 16, ExtraLevels = FpnExtraLevels.P6P7FromBackbone })],
        ["pan"] = () => [new PanNeck(new PanSpec())],
        ["fpn+pan"] = () => [new FpnNeck(new FpnSpec { Channels = 16 }), new PanNeck(new PanSpec())],
        ["yolo_pan"] = () => [new YoloPanNeck(new YoloPanSpec { Depth = 1 })],
        ["spp"] = () => [new SppNeck(new SppSpec())],
        ["sppf"] = () => [new SppfNeck(new SppfSpec())],
        ["spp_bottleneck"] = () => [new SppBottleneckNeck(new SppBottleneckSpec())],
        ["aspp"] = () => [new AsppNeck(new AsppSpec { Channels = 16, Rates = [2, 4] })],
        ["global_pooling"] = () => [new GlobalPoolingNeck(new GlobalPoolingSpec())],
        ["identity"] = () => [new IdentityNeck()],
        ["se"] = () => [new SqueezeExcitationNeck(new SqueezeExcitationSpec { Reduction = 4 })],
        ["sam"] = () => [new SpatialAttentionNeck(new SpatialAttentionSpec())],
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
        ["retinaface_fpn+ssh"] = () => [new RetinaFaceFpnNeck(new RetinaFaceFpnSpec { Channels = 16 }), new SshNeck(new SshSpec())],
        ["fastestdet"] = () => [new FastestDetNeck(new FastestDetNeckSpec())],
        ["sppf+fpn+pan"] = () => [new SppfNeck(new SppfSpec()), new FpnNeck(new FpnSpec { Channels = 16 }), new PanNeck(new PanSpec())],
    };

    private static readonly Dictionary<string, Func<Head?>> Heads = new()
    {
        ["features"] = () => null,
        ["classification"] = () => new ClassificationHead(new ClassificationHeadSpec { Classes = 5, BottleneckFeatures = 8, Temperature = 2 }),
        ["vgg"] = () => new VggHead(new VggHeadSpec { Classes = 5, HiddenFeatures = 8 }),
        ["squeezenet"] = () => new SqueezeNetHead(new SqueezeNetHeadSpec { Classes = 5 }),
        ["retinanet"] = () => new RetinaNetHead(new RetinaNetHeadSpec { Classes = 3, TowerDepth = 1 }),
        ["fastestdet"] = () => new FastestDetHead(new FastestDetHeadSpec { Classes = 3 }),
        ["retinaface"] = () => new RetinaFaceHead(new RetinaFaceHeadSpec()),
        ["fcos"] = () => new FcosHead(new FcosHeadSpec { Classes = 3, TowerDepth = 1, Normalization = Normalization.GroupNorm(8) }),
        ["ssd"] = () => new SsdHead(new SsdHeadSpec { Classes = 3, Boxes = FiveMaps }),
        ["ssdlite"] = () => new SsdHead(new SsdHeadSpec { Classes = 3, Boxes = FiveMaps, IsSeparable = true }),
        ["fasterrcnn"] = () => new FasterRcnnHead(new FasterRcnnHeadSpec { Classes = 3, HiddenFeatures = 8 }),
        ["fcn"] = () => new FcnHead(new FcnHeadSpec { Classes = 3 }),
        ["deeplabv3"] = () => new DeepLabV3Head(new DeepLabV3HeadSpec { Classes = 3, Aspp = new AsppSpec { Channels = 8, Rates = [2, 4] } }),
        ["lraspp"] = () => new LrasppHead(new LrasppHeadSpec { Classes = 3, Channels = 8 }),
    };

    private static VisionTransformerSpec SmallTransformer =>
        new() { Name = "ViT", ImageSize = new(64, 96), PatchSize = 16, Depth = 2, Width = 16, Heads = 2, HiddenWidth = 32 };

    private static RegNetSpec SmallRegNet => new() { Name = "RegNet", Depths = [1, 2, 1, 1], Widths = [8, 16, 24, 32], GroupWidth = 8 };

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (string backbone in Backbones.Keys)
            {
                foreach (string neck in Necks.Keys)
                {
                    pairs.Add(backbone, neck);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Build_EveryHead_RunsOrNamesBothParts(string backbone, string neck)
    {
        foreach ((string head, Func<Head?> createHead) in Heads)
        {
            VisionModelBuilder builder = VisionModel.Create().UseBackbone(Backbones[backbone]()).InitializeWeights();
            Neck[] necks = Necks[neck]();
            foreach (Neck part in necks)
            {
                builder.UseNeck(part);
            }

            if (createHead() is { } end)
            {
                builder.UseHead(end);
            }

            if (IsExpectedToFit(backbone, neck, head))
            {
                Run(builder);
            }
            else
            {
                var exception = Assert.Throws<ModelBuildException>(builder.Build);
                Assert.True(exception.Component is not null && exception.Upstream is not null, $"{backbone} + {neck} + {head}: {exception.Message}");
                Assert.Contains(exception.Component, exception.Message, StringComparison.Ordinal);
                Assert.Contains(exception.Upstream, exception.Message, StringComparison.Ordinal);
                Assert.Contains("expected", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>
    /// The rules in words: PANet's path needs equal channels, which only an FPN gives; a vector feeds only a classifier; RetinaNet
    /// and FCOS want P3 to P7 of equal channels, so an FPN over a backbone that reaches C5 and with two extra levels, or a BiFPN, which
    /// adds as many as are missing; Faster R-CNN wants P2 to P6, LR-ASPP two maps. A dilated backbone has several maps on one level and
    /// feeds no pyramid; SqueezeNet's maps are a pixel short, and only an FPN, which enlarges to the size of the finer map, joins them. SSD's head wants as many maps as it has levels of
    /// default boxes, whatever they are. RetinaFace wants P3 to P5 of any channels; its own FPN adds no levels. FastestDet's
    /// neck joins three maps into the one that its head takes.
    /// </summary>
    private static bool IsExpectedToFit(string backbone, string neck, string head)
    {
        bool isCifar = backbone == "cifar_resnet20"; // C0 to C2
        bool isSsd = backbone == "ssd_vgg16"; // C3 and C4
        bool reachesC5 = !isCifar && !isSsd && backbone is not ("squeezenet" or "vit");
        if (neck == "pan" || (isSsd && (neck is "yolo_pan" or "fastestdet")) || (neck == "ssd_layers_c4" && isCifar))
        {
            // The last two maps of a VGG have 512 channels each, but the others differ.
            return false;
        }

        if (backbone == "vit" && (neck is "yolo_pan" or "fastestdet" or "bifpn" or "ssd_layers_c4" || neck.Contains("+pan", StringComparison.Ordinal)))
        {
            // One map, C4, has no other level beside it.
            return false;
        }

        if (backbone == "resnet50_dilated" && neck is not ("none" or "spp" or "sppf" or "spp_bottleneck" or "aspp" or "global_pooling" or "identity" or "se" or "sam"))
        {
            return false;
        }

        if (backbone == "squeezenet" && neck is ("yolo_pan" or "fastestdet" or "fpn+pan" or "fpn_concat+pan_concat" or "sppf+fpn+pan" or "bifpn"))
        {
            return false;
        }

        return head switch
        {
            "retinanet" or "fcos" when neck == "bifpn" => !isCifar,
            "retinanet" or "fcos" => reachesC5
                && (neck is "fpn" or "fpn_p6p7_backbone" or "fpn+pan" or "sppf+fpn+pan" or "cbam+fpn" or "fpn_concat+pan_concat"),
            "ssd" or "ssdlite" => CountMaps(backbone, neck) == FiveMaps.Levels.Count,
            "retinaface" when neck is "fpn" or "fpn+pan" or "sppf+fpn+pan" or "cbam+fpn" or "bifpn" or "fpn_concat+pan_concat" => reachesC5 || isSsd,
            "retinaface" => (reachesC5 && (neck is "yolo_pan" or "retinaface_fpn+ssh")) || (isSsd && neck == "fpn_maxpool"),
            "fastestdet" => CountMaps(backbone, neck) == 1,
            "fasterrcnn" when neck == "bifpn" => !isSsd,
            "fasterrcnn" => reachesC5 && (neck is "fpn" or "fpn_maxpool" or "fpn+pan" or "sppf+fpn+pan" or "cbam+fpn" or "fpn_concat+pan_concat"),
            "lraspp" => CountMaps(backbone, neck) > 1,
            "vgg" or "squeezenet" or "fcn" or "deeplabv3" => neck is not ("spp" or "global_pooling"),
            _ => true,
        };
    }

    private static int CountMaps(string backbone, string neck)
    {
        int maps = Backbones[backbone]().Features.Count;
        return neck switch
        {
            "spp" or "global_pooling" => 0,
            "fastestdet" => 1,
            "fpn_maxpool" => maps + 1,
            "fpn_p6p7_backbone" => maps + 2,
            "yolo_pan" => 3,
            "ssd_layers" => maps + 3,
            "ssd_layers_c4" => 5,
            _ => maps,
        };
    }

    private static DefaultBoxSpec FiveMaps => DefaultBoxSpec.Spread(5, 0.2, 0.95, [2]);

    private static VggSpec Narrow(VggSpec spec) => spec with { Widths = [8, 12, 16, 24, 24] };

    private static void Run(VisionModelBuilder builder)
    {
        using VisionModel model = builder.Build();
        using CompiledModel compiled = model.CompileForCpu();
        var input = new HostTensor(new TensorShape(1, 3, 64, 96));
        input.Values.Fill(0.5f);

        IReadOnlyDictionary<string, HostTensor> outputs = compiled.Run(input);

        // Values that grow through 150 layers without statistics of their own may leave no proposal.
        string[] kept = model.Task is FasterRcnnTask ? [FasterRcnnTask.ProposalsOutput] : [];
        IEnumerable<string> given = model.Stages
            .Where(stage => stage.Step is null || outputs[FasterRcnnTask.ProposalsOutput].Shape[0] > 0)
            .SelectMany(stage => stage.Graph.Outputs)
            .Select(output => output.Name);
        Assert.Equal(given.Concat(kept).Order(), outputs.Keys.Order());
        foreach (HostTensor output in outputs.Values)
        {
            foreach (float value in output.Values)
            {
                Assert.True(float.IsFinite(value));
            }
        }
    }
}
