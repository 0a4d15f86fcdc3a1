using System.Globalization;
using DeepVision.Backbones;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Necks;
using DeepVision.Tensors;

namespace DeepVision.Tests.Parity;

/// <summary>What components declare before anything is built is what comes out.</summary>
public sealed class FeatureContractTests
{
    private static readonly Dictionary<string, Func<Backbone>> Backbones = new()
    {
        ["ResNet-18"] = () => new ResNetBackbone(ResNetSpec.ResNet18),
        ["ResNet-34"] = () => new ResNetBackbone(ResNetSpec.ResNet34),
        ["ResNet-50"] = () => new ResNetBackbone(ResNetSpec.ResNet50),
        ["ResNet-101"] = () => new ResNetBackbone(ResNetSpec.ResNet101),
        ["ResNet-152"] = () => new ResNetBackbone(ResNetSpec.ResNet152),
        ["ResNet-50, output stride 16"] = () => new ResNetBackbone(ResNetSpec.ResNet50 with { OutputStride = 16 }),
        ["ResNet-50, output stride 4"] = () => new ResNetBackbone(ResNetSpec.ResNet50 with { OutputStride = 4 }),
        ["ResNeXt-50 32x4d"] = () => new ResNetBackbone(ResNetSpec.ResNeXt50x32x4d),
        ["Wide ResNet-101-2"] = () => new ResNetBackbone(ResNetSpec.WideResNet101x2),
        ["MobileNetV1"] = () => new MobileNetV1Backbone(new MobileNetV1Spec()),
        ["MobileNetV1 x0.25"] = () => new MobileNetV1Backbone(MobileNetV1Spec.RetinaFace),
        ["MobileNetV2"] = () => new MobileNetV2Backbone(new MobileNetV2Spec()),
        ["MobileNetV2 x1.4"] = () => new MobileNetV2Backbone(new MobileNetV2Spec { Width = 1.4 }),
        ["MobileNetV3-Small"] = () => new MobileNetV3Backbone(MobileNetV3Spec.Small),
        ["MobileNetV3-Large"] = () => new MobileNetV3Backbone(MobileNetV3Spec.Large),
        ["MobileNetV3-Large, output stride 16"] = () => new MobileNetV3Backbone(MobileNetV3Spec.Large with { OutputStride = 16 }),
        ["MobileNetV3-Large, strided blocks"] = () => new MobileNetV3Backbone(MobileNetV3Spec.Large with { Taps = MobileNetV3Taps.StridedBlocks }),
        ["MobileNetV3-Small, dilated strided blocks"] = () => new MobileNetV3Backbone(
            MobileNetV3Spec.Small with { Taps = MobileNetV3Taps.StridedBlocks, OutputStride = 16 }),
        ["MobileNetV3-Large, expansion, reduced tail"] = () => new MobileNetV3Backbone(
            MobileNetV3Spec.Large with { Taps = MobileNetV3Taps.Expansion, TailDivisor = 2 }),
        ["SqueezeNet 1.0"] = () => new SqueezeNetBackbone(SqueezeNetSpec.V10),
        ["SqueezeNet 1.1"] = () => new SqueezeNetBackbone(SqueezeNetSpec.V11),
        ["ShuffleNetV2 x0.5"] = () => new ShuffleNetV2Backbone(ShuffleNetV2Spec.X05),
        ["ShuffleNetV2 x2.0"] = () => new ShuffleNetV2Backbone(ShuffleNetV2Spec.X20),
        ["ShuffleNetV2 (FastestDet)"] = () => new ShuffleNetV2Backbone(ShuffleNetV2Spec.FastestDet),
        ["CIFAR ResNet-20"] = () => new CifarResNetBackbone(CifarResNetSpec.ResNet20),
        ["CIFAR ResNet-110"] = () => new CifarResNetBackbone(CifarResNetSpec.ResNet110),
        ["VGG-11"] = () => new VggBackbone(VggSpec.Vgg11),
        ["VGG-13"] = () => new VggBackbone(VggSpec.Vgg13),
        ["VGG-16"] = () => new VggBackbone(VggSpec.Vgg16),
        ["SSD VGG-16"] = () => new SsdVggBackbone(SsdVggSpec.Vgg16),
        ["VGG-19 with batch norm"] = () => new VggBackbone(VggSpec.Vgg19.WithBatchNorm()),
        ["DenseNet-121"] = () => new DenseNetBackbone(DenseNetSpec.DenseNet121),
        ["DenseNet-161"] = () => new DenseNetBackbone(DenseNetSpec.DenseNet161),
        ["RegNetY-400MF"] = () => new RegNetBackbone(RegNetSpec.Y400MF),
        ["RegNetX-8GF"] = () => new RegNetBackbone(RegNetSpec.X8GF),
        ["EfficientNet-B0"] = () => new EfficientNetBackbone(EfficientNetSpec.B0),
        ["EfficientNet-B4"] = () => new EfficientNetBackbone(EfficientNetSpec.B4),
        ["EfficientNetV2-S"] = () => new EfficientNetBackbone(EfficientNetSpec.V2S),
        ["CSPDarknet nano"] = () => new CspDarknetBackbone(CspDarknetSpec.Nano),
        ["CSPDarknet S"] = () => new CspDarknetBackbone(CspDarknetSpec.Small),
        ["Darknet-21"] = () => new DarknetBackbone(DarknetSpec.Darknet21),
        ["Darknet-53"] = () => new DarknetBackbone(DarknetSpec.Darknet53),
        ["ConvNeXt-Tiny"] = () => new ConvNeXtBackbone(ConvNeXtSpec.Tiny),
        ["ViT-B/16"] = () => new VisionTransformerBackbone(VisionTransformerSpec.Base16 with { ImageSize = ImageSize }),
        ["ViT-B/32"] = () => new VisionTransformerBackbone(VisionTransformerSpec.Base32 with { ImageSize = ImageSize }),
    };

    private static readonly Dictionary<string, Action<VisionModelBuilder>> HalvingNecks = new()
    {
        ["FPN"] = builder => builder.UseFpn(channels: 16),
        ["FPN + PAN"] = builder => builder.UseFpn(channels: 16).UsePan(),
        ["BiFPN"] = builder => builder.UseNeck(new BiFpnNeck(new BiFpnSpec { Channels = 16, Repeats = 2 })),
        ["YOLO PAN"] = builder => builder.UseNeck(new YoloPanNeck(new YoloPanSpec { Depth = 1 })),
        ["FastestDet"] = builder => builder.UseNeck(new FastestDetNeck(new FastestDetNeckSpec { Channels = 16 })),
    };

    public static TheoryData<string> BackboneNames { get; } = [.. Backbones.Keys];

    public static TheoryData<string, string> HalvedPyramids { get; } = Cross(
        ["VGG-11", "DenseNet-121", "ConvNeXt-Tiny", "ResNet-18"], [.. HalvingNecks.Keys]);

    public static TheoryData<string, FpnExtraLevels> Pyramids { get; } =
        Cross(["ResNet-18", "ResNet-50", "VGG-16", "MobileNetV2", "MobileNetV3-Small", "ShuffleNetV2 x0.5"], Enum.GetValues<FpnExtraLevels>());

    [Theory]
    [MemberData(nameof(BackboneNames))]
    public void Features_OfBackbone_AreItsRealShapes(string name)
    {
        Backbone backbone = Backbones[name]();

        AssertDeclared(
            VisionModel.Create().UseBackbone(backbone),
            backbone.ClassifierFeature is { Kind: FeatureKind.Map } final ? [.. backbone.Features, final] : backbone.Features);
    }

    [Theory]
    [MemberData(nameof(BackboneNames))]
    public void Features_OfBackboneForAnySize_AreRoundedAsStated(string name)
    {
        Backbone backbone = Backbones[name]();
        Size2D[] sizes = backbone switch
        {
            { ImageSize: { } only } => [only],

            // Its stem takes pixels in squares of two.
            CspDarknetBackbone => [new(100, 100), new(102, 134)],
            _ => OddSizes,
        };
        foreach (Size2D size in sizes)
        {
            AssertDeclared(
                VisionModel.Create().UseBackbone(backbone),
                backbone.ClassifierFeature is { Kind: FeatureKind.Map } final ? [.. backbone.Features, final] : backbone.Features,
                size);
        }
    }

    [Theory]
    [MemberData(nameof(HalvedPyramids))]
    public void Connect_OfNecksThatHalve_FitWhatTheBackboneRounds(string backbone, string neck)
    {
        VisionModelBuilder builder = VisionModel.Create().UseBackbone(Backbones[backbone]());
        HalvingNecks[neck](builder);
        using VisionModel model = builder.Build();

        foreach (Size2D size in OddSizes)
        {
            GraphShapes shapes = model.Graph.InferShapes(new TensorShape(1, 3, size.Height, size.Width));
            foreach (GraphOutput output in model.Graph.Outputs)
            {
                int stride = 1 << int.Parse(output.Name.AsSpan(1), CultureInfo.InvariantCulture);
                TensorShape found = shapes[output.Value];
                Assert.InRange(found.Height, size.Height / stride, (size.Height + stride - 1) / stride);
                Assert.InRange(found.Width, size.Width / stride, (size.Width + stride - 1) / stride);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pyramids))]
    public void Connect_OfFpn_DeclaresItsRealShapes(string name, FpnExtraLevels extra)
    {
        Backbone backbone = Backbones[name]();
        var neck = new FpnNeck(new FpnSpec { Channels = 96, ExtraLevels = extra });

        AssertDeclared(VisionModel.Create().UseBackbone(backbone).UseNeck(neck), neck.Connect(backbone.Features, null));
    }

    private static Size2D ImageSize => new(256, 384);

    private static Size2D[] OddSizes => [new(100, 100), new(101, 133)];

    private static void AssertDeclared(VisionModelBuilder builder, IReadOnlyList<FeatureInfo> declared) =>
        AssertDeclared(builder, declared, ImageSize);

    private static void AssertDeclared(VisionModelBuilder builder, IReadOnlyList<FeatureInfo> declared, Size2D size)
    {
        Assert.NotEmpty(declared);
        foreach (FeatureInfo info in declared)
        {
            builder.Tap(info.Name);
        }

        using VisionModel model = builder.Build();
        GraphShapes shapes = model.Graph.InferShapes(new TensorShape(2, 3, size.Height, size.Width));
        foreach (FeatureInfo info in declared)
        {
            GraphOutput output = model.Graph.Outputs.Single(output => output.Name == info.Name);
            Assert.Equal(1 << info.Level, info.Stride);
            TensorShape found = shapes[output.Value];
            Assert.Equal(new TensorShape(2, info.Channels, found.Height, found.Width), found);
            AssertSide(size.Height, found.Height, info);
            AssertSide(size.Width, found.Width, info);
        }
    }

    private static void AssertSide(int image, int found, FeatureInfo info)
    {
        int roundedUp = (image + info.Stride - 1) / info.Stride;
        int least = info.RoundsDown ? image / info.Stride : roundedUp;
        Assert.True(found >= least - info.MissingPixels && found <= roundedUp, $"{info}: {found} pixels of {image}.");
    }

    private static TheoryData<string, T> Cross<T>(string[] names, T[] levels)
    {
        var data = new TheoryData<string, T>();
        foreach (string name in names)
        {
            foreach (T level in levels)
            {
                data.Add(name, level);
            }
        }

        return data;
    }
}
