using DeepVision.Backbones;
using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Heads;
using DeepVision.Necks;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Tests.Models;

public sealed class CompositionTests
{
    [Theory]
    [InlineData("resnet18", 11_689_512)]
    [InlineData("resnet50", 25_557_032)]
    [InlineData("resnet152", 60_192_808)]
    [InlineData("vgg16", 138_357_544)]
    [InlineData("vgg16_bn", 138_365_992)]
    [InlineData("retinanet_resnet50_fpn", 34_014_999)]
    [InlineData("retinanet_resnet50_fpn_v2", 38_198_935)]
    [InlineData("fcos_resnet50_fpn", 32_269_600)]
    [InlineData("ssd300_vgg16", 35_641_826)]
    [InlineData("ssdlite320_mobilenet_v3_large", 3_440_060)]
    [InlineData("fasterrcnn_mobilenet_v3_large_fpn", 19_386_354)]
    [InlineData("deeplabv3_mobilenet_v3_large", 11_029_328)]
    [InlineData("lraspp_mobilenet_v3_large", 3_221_538)]
    [InlineData("cifar_resnet20", 269_722)]
    public void Preset_ParameterCount_IsThePublishedOne(string preset, long expected)
    {
        using VisionModel model = VisionModel.FromPreset(preset).Build();

        Assert.Equal(expected, model.ParameterCount);
    }

    [Theory]
    [InlineData("resnet50", 4.089)]
    [InlineData("vgg16", 15.470)]
    [InlineData("resnet18", 1.814)]
    public void Preset_MultiplyAdds_AreThePublishedOnes(string preset, double expected)
    {
        using VisionModel model = VisionModel.FromPreset(preset).Build();

        Assert.Equal(expected, model.Graph.InferShapes(new TensorShape(1, 3, 224, 224)).MultiplyAdds / 1e9, 3);
    }

    [Fact]
    public void Build_VectorIntoDetector_NamesBothParts()
    {
        VisionModelBuilder builder = VisionModel.Create().UseResNet(ResNetSpec.ResNet18).UseSpp().UseRetinaNet(["cat"]);

        var exception = Assert.Throws<ModelBuildException>(builder.Build);

        Assert.Equal("RetinaNet head", exception.Component);
        Assert.Equal("SPP", exception.Upstream);
        Assert.Contains("expected", exception.Message, StringComparison.Ordinal);
        Assert.Contains("found spp (vector of 10752)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_FcosOverChannelsThatItsGroupsDoNotDivide_NamesBothParts()
    {
        VisionModelBuilder builder = VisionModel.Create().UseResNet(ResNetSpec.ResNet18).UseFpn(channels: 48).UseFcos(["cat"]);

        var exception = Assert.Throws<ModelBuildException>(builder.Build);

        Assert.Equal("FCOS head", exception.Component);
        Assert.Equal("FPN", exception.Upstream);
        Assert.Contains("divisible by the 32 groups", exception.Message, StringComparison.Ordinal);
        Assert.Contains("P3 (48 channels", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_SsdOverTheWrongNumberOfMaps_NamesBothParts()
    {
        VisionModelBuilder builder = VisionModel.Create().UseResNet(ResNetSpec.ResNet18).UseSsdLayers(SsdLayersSpec.SsdLite320).UseSsd(["none", "cat"]);

        var exception = Assert.Throws<ModelBuildException>(builder.Build);

        Assert.Equal("SSD head", exception.Component);
        Assert.Equal("SSD layers", exception.Upstream);
        Assert.Contains("expected 6 maps", exception.Message, StringComparison.Ordinal);
        Assert.Contains("P9 (128 channels, stride 512)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_SsdOverAResNet_KeepsTheOfficialNamesOfItsParts()
    {
        using VisionModel model = VisionModel.Create()
            .UseResNet(ResNetSpec.ResNet18)
            .UseSsdLayers(SsdLayersSpec.SsdLite320 with { Levels = new LevelRange(4, 5) })
            .UseSsd(SsdHeadSpec.SsdLite320(classes: 3))
            .Build();

        string[] names = [.. model.Parameters.Select(parameter => parameter.Name)];
        Assert.Contains("backbone.layer4.1.conv2.weight", names);
        Assert.Contains("backbone.extra.0.1.0.weight", names);
        Assert.Contains("head.classification_head.module_list.5.0.1.running_var", names);
        Assert.Contains("head.regression_head.module_list.0.1.bias", names);
        Assert.Equal(["P4", "P5", "P6", "P7", "P8", "P9"], ((SsdTask)model.Task).Levels);
        Assert.Equal(ResizeRule.Exact(ImageSize.Square(320)), model.Preprocessing.Resize);
    }

    [Fact]
    public void Features_OfSsdsLayersWithoutPadding_LoseTwoPixelsEach()
    {
        FeatureInfo[] stated = [.. new SsdLayersNeck(SsdLayersSpec.Ssd300).Connect(new SsdVggBackbone(SsdVggSpec.Vgg16).Features, wanted: null)];

        using VisionModel model = VisionModel.Create().UseSsdVgg(SsdVggSpec.Vgg16).UseSsdLayers(SsdLayersSpec.Ssd300).Build();
        GraphShapes shapes = model.Graph.InferShapes(new TensorShape(1, 3, 512, 512));

        Assert.Equal(["P3", "P4", "P5", "P6", "P7", "P8"], stated.Select(info => info.Name));
        Assert.Equal([3, 4, 5, 6, 6, 6], stated.Select(info => info.Level));
        Assert.Equal([0, 0, 0, 0, 2, 4], stated.Select(info => info.MissingPixels));
        Assert.Equal([512, 1024, 512, 256, 256, 256], stated.Select(info => info.Channels));
        Assert.Equal([64, 32, 16, 8, 6, 4], stated.Select(info => shapes[Output(model, info.Name)].Height));
    }

    [Fact]
    public void Build_FpnForRetinaNet_AddsTheLevelsThatTheHeadAsksFor()
    {
        using VisionModel model = VisionModel.Create().UseResNet(ResNetSpec.ResNet18).UseFpn(channels: 64).UseRetinaNet(["cat", "dog"]).Build();

        Assert.Contains("cls_logits.P3", model.Graph.Outputs.Select(output => output.Name));
        Assert.Contains("bbox_regression.P7", model.Graph.Outputs.Select(output => output.Name));
        Assert.Contains("backbone.fpn.extra_blocks.p7.weight", model.Graph.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Build_FpnOverMapsByName_TakesTwoOfOneStride()
    {
        using VisionModel model = MobilePyramid(["C4", "C5", "final"], FpnExtraLevels.MaxPool).Build();

        GraphShapes shapes = model.Graph.InferShapes(new TensorShape(2, 3, 96, 129));

        Assert.Equal(["P4", "P5", "Pfinal", "P6"], model.Graph.Outputs.Select(output => output.Name));
        Assert.Equal(new TensorShape(2, 16, 6, 9), shapes[Output(model, "P4")]);
        Assert.Equal(new TensorShape(2, 16, 3, 5), shapes[Output(model, "P5")]);
        Assert.Equal(new TensorShape(2, 16, 3, 5), shapes[Output(model, "Pfinal")]);
        Assert.Equal(new TensorShape(2, 16, 2, 3), shapes[Output(model, "P6")]);
        Assert.Equal(new TensorShape(16, 960, 1, 1), model.Parameters.Single(p => p.Name == "fpn.inner_blocks.2.0.weight").Shape);
    }

    [Theory]
    [InlineData("C5", "end")] // no such map
    [InlineData("final", "C4")] // from coarse to fine
    [InlineData("C3", "C5")] // a level between them is left out
    [InlineData("C5", "C5")]
    public void Build_FpnOverNamesThatDoNotFit_NamesThem(string first, string second)
    {
        var exception = Assert.Throws<ModelBuildException>(MobilePyramid([first, second], FpnExtraLevels.None).Build);

        Assert.Equal(("FPN", "MobileNetV3-Large"), (exception.Component, exception.Upstream));
        Assert.Contains($"expected maps {first}, {second}, from fine to coarse", exception.Message, StringComparison.Ordinal);
        Assert.Contains("found C1 (16 channels, stride 2)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_FpnByLevelOverTwoMapsOfOneStride_IsRefused()
    {
        var exception = Assert.Throws<ModelBuildException>(MobilePyramid(null, null).Build);

        Assert.Contains("expected maps on levels 1 to 5", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_FpnWhoseExtraLevelHasTheNameOfAnother_IsRefused()
    {
        VisionModelBuilder builder = VisionModel.Create()
            .UseResNet(ResNetSpec.ResNet50 with { BaseWidth = 8, OutputStride = 8 })
            .UseFpn(new FpnSpec { Features = ["C3", "C4", "C5"], ExtraLevels = FpnExtraLevels.MaxPool });

        var exception = Assert.Throws<ModelBuildException>(builder.Build);

        Assert.Contains("names of their own; they would be P3", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ModelBuildException>(() => new FpnNeck(new FpnSpec { Levels = new LevelRange(3, 5), Features = ["C3"] }));
    }

    [Fact]
    public void Build_FasterRcnnOverMapsByName_IsHeldToThem()
    {
        FasterRcnnHeadSpec spec = new() { Classes = 2, HiddenFeatures = 8, Anchors = AnchorSpec.FasterRcnnMobile, Features = ["P5", "Pfinal", "P6"] };
        using VisionModel model = MobilePyramid(["C5", "final"], FpnExtraLevels.MaxPool).UseFasterRcnn(spec).Build();
        VisionModelBuilder without = MobilePyramid(["C5", "final"], FpnExtraLevels.None).UseFasterRcnn(spec);

        Assert.Equal(
            ["P5", "Pfinal", "objectness.P5", "anchor_deltas.P5", "objectness.Pfinal", "anchor_deltas.Pfinal", "objectness.P6", "anchor_deltas.P6"],
            model.Graph.Outputs.Select(output => output.Name));
        Assert.Contains("RoIAlign 7x7 from P5, Pfinal", model.Summary(320, 320), StringComparison.Ordinal);
        Assert.Contains("expected maps P5, Pfinal, P6", Assert.Throws<ModelBuildException>(without.Build).Message, StringComparison.Ordinal);
        Assert.Throws<ModelBuildException>(() => new FasterRcnnHead(spec with { Features = ["P5"] }));
    }

    [Fact]
    public void Build_StackedNecks_RunInOrder()
    {
        using VisionModel model = VisionModel.Create()
            .UseResNet(ResNetSpec.ResNet18).UseFpn(channels: 32).UsePan().UseRetinaNet(["cat"]).Tap("C5").Tap("P4").Build();

        GraphShapes shapes = model.Graph.InferShapes(new TensorShape(2, 3, 96, 129));

        Assert.Equal(new TensorShape(2, 512, 3, 5), shapes[Output(model, "C5")]);
        Assert.Equal(new TensorShape(2, 32, 6, 9), shapes[Output(model, "P4")]);
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(96, 129)]
    [InlineData(224, 160)]
    public void Spp_ImagesOfAnySize_GiveOneLength(int height, int width)
    {
        using VisionModel model = VisionModel.Create().UseResNet(ResNetSpec.ResNet18).UseSpp().UseClassifier(10).Build();

        GraphShapes shapes = model.Graph.InferShapes(new TensorShape(1, 3, height, width));

        Assert.Equal(new TensorShape(1, 512 * 21), shapes[Output(model, ClassificationTask.EmbeddingOutput)]);
    }

    [Fact]
    public void Build_WithoutBackbone_SaysWhatToCall()
    {
        var exception = Assert.Throws<ModelBuildException>(() => VisionModel.Create().UseClassifier(10).Build());

        Assert.Contains("UseResNet", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_Twice_Throws()
    {
        VisionModelBuilder builder = VisionModel.FromPreset("resnet18");
        builder.Build().Dispose();

        Assert.Throws<InvalidOperationException>(builder.Build);
    }

    [Fact]
    public void Build_WrongNumberOfLabels_SaysBothNumbers()
    {
        VisionModelBuilder builder = VisionModel.FromPreset("resnet18").WithLabels(["a", "b"]);

        var exception = Assert.Throws<ModelBuildException>(builder.Build);

        Assert.Contains("1000", exception.Message, StringComparison.Ordinal);
        Assert.Contains("2 labels", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tap_UnknownFeature_ListsTheKnown()
    {
        VisionModelBuilder builder = VisionModel.FromPreset("resnet18").Tap("P9");

        Assert.Contains("C2, C3, C4, C5", Assert.Throws<ModelBuildException>(builder.Build).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromPreset_Misspelt_NamesTheNearest()
    {
        var exception = Assert.Throws<ArgumentException>(() => VisionModel.FromPreset("resnet5O"));

        Assert.Contains("did you mean 'resnet50'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_BackboneBreaksItsPromise_NamesIt()
    {
        VisionModelBuilder builder = VisionModel.Create().UseBackbone(new LyingBackbone()).UseClassifier(2);

        Assert.Equal("liar", Assert.Throws<ModelBuildException>(builder.Build).Component);
    }

    [Fact]
    public void Summary_ResNet50_EndsWithTheTotals()
    {
        using VisionModel model = VisionModel.FromPreset("resnet50").Build();

        Assert.Contains("25,557,032 parameters, 4.089 G multiply-adds", model.Summary(), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_HeadOfOneFixedImageSize_IsBuilt()
    {
        using VisionModel model = VisionModel.Create().UseResNet(ResNetSpec.ResNet18).UseHead(new FixedSizeHead()).Build();

        GraphShapes shapes = model.Graph.InferShapes(new TensorShape(1, 3, 224, 224));

        Assert.Equal(new TensorShape(1, 2), shapes[Output(model, "logits")]);
        Assert.Throws<ModelBuildException>(() => model.Graph.InferShapes(new TensorShape(1, 3, 64, 64)));
    }

    [Fact]
    public void Build_ClassifierFeature_IsReadByAClassifierAlone()
    {
        using VisionModel classifier = VisionModel.Create().UseBackbone(new TailedBackbone()).UseClassifier(2).Build();
        using VisionModel behindNeck = VisionModel.Create().UseBackbone(new TailedBackbone()).UseFpn(channels: 4).UseClassifier(2).Build();
        using VisionModel features = VisionModel.Create().UseBackbone(new TailedBackbone()).Build();

        Assert.Equal(24, Output(classifier, ClassificationTask.EmbeddingOutput).Channels);
        Assert.Contains(classifier.Parameters, parameter => parameter.Name == "tail.weight");
        Assert.Equal(4, Output(behindNeck, ClassificationTask.EmbeddingOutput).Channels);
        Assert.DoesNotContain(behindNeck.Parameters, parameter => parameter.Name == "tail.weight");
        Assert.Equal(["C5"], features.Graph.Outputs.Select(output => output.Name));
        Assert.Equal(["stem.weight"], features.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Tap_ClassifierFeature_BringsItsLayers()
    {
        using VisionModel model = VisionModel.Create().UseBackbone(new TailedBackbone()).Tap("C5").Tap("final").Build();

        GraphShapes shapes = model.Graph.InferShapes(new TensorShape(1, 3, 64, 96));

        Assert.Equal(new TensorShape(1, 8, 2, 3), shapes[Output(model, "C5")]);
        Assert.Equal(new TensorShape(1, 24, 2, 3), shapes[Output(model, "final")]);
    }

    [Fact]
    public void Build_BackboneOfOneImageSize_IsHeldToItsPromiseAtThatSize()
    {
        using VisionModel model = VisionModel.Create().UseBackbone(new FixedSizeBackbone { Size = new(96, 160) }).UseClassifier(2).Build();
        VisionModelBuilder wrong = VisionModel.Create().UseBackbone(new FixedSizeBackbone { Size = new(96, 128) }).UseClassifier(2);

        Assert.Equal(new TensorShape(1, 2), model.Graph.InferShapes(new TensorShape(1, 3, 96, 160))[Output(model, "logits")]);
        Assert.Contains("found 49", Assert.Throws<ModelBuildException>(wrong.Build).Message, StringComparison.Ordinal);
    }

    private static VisionModelBuilder MobilePyramid(IReadOnlyList<string>? features, FpnExtraLevels? extra) => VisionModel.Create()
        .UseMobileNetV3(MobileNetV3Spec.Large with { Taps = MobileNetV3Taps.StridedBlocks })
        .UseFpn(new FpnSpec { Channels = 16, Features = features, ExtraLevels = extra });

    private static GraphValue Output(VisionModel model, string name) => model.Graph.Outputs.Single(output => output.Name == name).Value;

    private sealed class LyingBackbone : Backbone
    {
        public override string Name => "liar";

        public override IReadOnlyList<FeatureInfo> Features { get; } = [FeatureInfo.BackboneMap(5, 16)];

        public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image) => [image];
    }

    /// <summary>A layer behind the last level that only the classifier reads.</summary>
    private sealed class TailedBackbone : Backbone
    {
        public override string Name => "tailed";

        public override IReadOnlyList<FeatureInfo> Features { get; } = [FeatureInfo.BackboneMap(5, 8)];

        public override FeatureInfo ClassifierFeature { get; } = FeatureInfo.FinalMap(5, 24);

        public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
        {
            GraphValue level = scope.Convolution("stem", image, new Convolution { OutChannels = 8, Kernel = 32, Stride = 32 });
            return [level, scope.Convolution("tail", level, new Convolution { OutChannels = 24, Kernel = 1 })];
        }
    }

    /// <summary>Learned positions for 6 x 10 tokens: images of 96 x 160 pixels.</summary>
    private sealed class FixedSizeBackbone : Backbone
    {
        public required Size2D Size { get; init; }

        public override string Name => "fixed";

        public override IReadOnlyList<FeatureInfo> Features { get; } = [FeatureInfo.BackboneMap(4, 8)];

        public override Size2D? ImageSize => Size;

        public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
        {
            GraphValue map = scope.Convolution("patches", image, new Convolution { OutChannels = 8, Kernel = 16, Stride = 16 });
            GraphValue tokens = scope.Add("class_token", new MapToTokens(), map);
            tokens = scope.Add("positions", new AddPositions { Tokens = 61 }, tokens);
            return [scope.Add("map", new TokensToMap(), tokens, map)];
        }
    }

    /// <summary>A fully connected layer over a flattened 7 x 7 map, as a 224-pixel image gives it.</summary>
    private sealed class FixedSizeHead : Head
    {
        public override string Name => "fixed";

        public override WeightLayout Layout => WeightLayout.Classifier;

        public override void Connect(IReadOnlyList<FeatureInfo> features) => FeatureRequirements.RequireMaps(features);

        public override HeadOutputs Build(GraphScope scope, IReadOnlyList<FeatureMap> features, HeadContext context)
        {
            GraphValue value = scope.Add("flatten", new Flatten { KnownArea = 49 }, features[^1].Value);
            return new HeadOutputs([new("logits", scope.Linear("fc", value, 2))], new ClassificationTask(["a", "b"]));
        }
    }
}
