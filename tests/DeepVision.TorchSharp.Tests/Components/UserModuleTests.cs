using DeepVision.Backbones;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Heads;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Tests.Parity;
using DeepVision.Torch;
using DeepVision.Torch.Components;
using DeepVision.Zoo;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Components;

/// <summary>A user's own nn.Module as backbone, neck, head or node.</summary>
public sealed class UserModuleTests
{
    private static readonly FeatureInfo[] Features =
        [FeatureInfo.BackboneMap(3, 8), FeatureInfo.BackboneMap(4, 16), FeatureInfo.BackboneMap(5, 24)];

    [TorchFact]
    public void Backbone_UnderAnFpnAndARetinaNet_Detects()
    {
        using VisionModule module = VisionModel.Create()
            .UseBackbone(new TorchBackbone("pyramid", Features, TorchModuleFactory.Of(() => new Pyramid(8, 16, 24))))
            .UseFpn(channels: 16)
            .UseRetinaNet(["a", "b", "c", "d"])
            .InitializeWeights()
            .BuildModule();

        Dictionary<string, HostTensor> outputs = module.Predict(ParityImages.Batch(2, 128, 64));

        Assert.Equal(new TensorShape(2, 36, 16, 8), outputs["cls_logits.P3"].Shape);
        Assert.Contains("backbone.body.module.stage1.weight", module.state_dict().Keys);
        Assert.Throws<NotSupportedException>(module.ToVisionModel);
    }

    [TorchFact]
    public void Backbone_OfWhichAHeadReadsTheLastFeature_IsCalledOnce()
    {
        int calls = 0;
        using VisionModule module = VisionModel.Create()
            .UseBackbone(new TorchBackbone("pyramid", Features, TorchModuleFactory.Of(() => new Pyramid(8, 16, 24))))
            .UseClassifier(5)
            .InitializeWeights()
            .BuildModule();
        ((nn.Module<Tensor, Tensor[]>)module.Find("module")).register_forward_hook((_, _, output) =>
        {
            calls++;
            return output;
        });

        Assert.Equal(new TensorShape(2, 5), module.Predict(ParityImages.Batch(2, 64, 64))["logits"].Shape);
        Assert.Equal(1, calls);
    }

    [TorchFact]
    public void Backbone_WithOtherChannels_NamesTheLevel()
    {
        var exception = Assert.Throws<ModelBuildException>(
            () => new TorchBackbone("pyramid", Features, TorchModuleFactory.Of(() => new Pyramid(8, 12, 24))));

        Assert.Equal(
            "Backbone 'pyramid', C4: for an image of 64 x 64, C4 (16 channels, stride 16) is 1x16x4x4; in a probe run it gave 1x12x4x4.",
            exception.Message);
    }

    [TorchFact]
    public void Backbone_WithFewerFeatures_SaysHowMany()
    {
        var exception = Assert.Throws<ModelBuildException>(
            () => new TorchBackbone("pyramid", [.. Features, FeatureInfo.BackboneMap(6, 24)], TorchModuleFactory.Of(() => new Pyramid(8, 16, 24))));

        Assert.Contains("states 4 features", exception.Message, StringComparison.Ordinal);
        Assert.Contains("gave 3", exception.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Backbone_ThatFails_SaysWhere()
    {
        var exception = Assert.Throws<ModelBuildException>(
            () => new TorchBackbone("pyramid", Features, TorchModuleFactory.Of(() => new Pyramid(8, 16, 24)), inputChannels: 1));

        Assert.Contains("1x1x64x64", exception.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Neck_BetweenOurParts_IsCalled()
    {
        var neck = new TorchNeck(
            "halving",
            features => [.. features.Select(feature => FeatureInfo.NeckMap(feature.Level, feature.Channels / 2))],
            features => TorchModuleFactory.Of(() => new Halving([.. features.Select(feature => feature.Channels)])));
        using VisionModule module = VisionModel.Create()
            .UseResNet(ResNetSpec.ResNet18 with { BaseWidth = 8 })
            .UseNeck(neck)
            .UseClassifier(5)
            .InitializeWeights()
            .BuildModule();

        Assert.Equal(new TensorShape(2, 5), module.Predict(ParityImages.Batch(2, 64, 64))["logits"].Shape);
        Assert.Equal([5, 32], module.state_dict()["fc.weight"].shape);
    }

    [TorchFact]
    public void Head_OnAFeature_ClassifiesImages()
    {
        var head = new TorchHead(
            "flat",
            [FeatureInfo.Vector(ClassificationTask.LogitsOutput, 3)],
            new ClassificationTask(["a", "b", "c"]),
            features => TorchModuleFactory.Of(() => new LastFeatureHead(features[^1].Channels, 3)));
        using VisionModel model = VisionModel.Create()
            .UseResNet(ResNetSpec.ResNet18 with { BaseWidth = 8 })
            .UseHead(head)
            .WithPreprocessing(ImagePreprocessing.ImageNet with { Resize = ResizeRule.Exact(ImageSize.Square(64)), CenterCrop = null })
            .InitializeWeights()
            .Build();
        using CompiledModel compiled = model.CompileForTorch();

        Assert.Equal(3, compiled.Classify(ParityImages.Rgb(0, 80, 60)).Count);
    }

    [TorchFact]
    public void Node_AmongOthers_RunsOnTorchSharp_AndIsNamedByTheCpuEngine()
    {
        using VisionModel model = VisionModel.Create().UseBackbone(new WithOwnNode()).UseClassifier(2).InitializeWeights().Build();
        using (VisionModule module = model.ToTorchSharp())
        {
            Assert.Equal(new TensorShape(2, 2), module.Predict(ParityImages.Batch(2, 64, 64))["logits"].Shape);
            Assert.IsAssignableFrom<nn.Module<Tensor, Tensor>>(module.Find("stage.own"));
        }

        var exception = Assert.Throws<ModelBuildException>(() => model.CompileForCpu());
        Assert.Contains("'stage.own'", exception.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void OpaqueNode_WithoutAnImplementation_IsNamed()
    {
        using VisionModel model = VisionModel.Create().UseBackbone(new WithOwnNode { Factory = null }).UseClassifier(2).InitializeWeights().Build();

        var exception = Assert.Throws<ModelBuildException>(() => model.ToTorchSharp());

        Assert.Contains("'stage.own'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(TorchModuleFactory), exception.Message, StringComparison.Ordinal);
    }

    private sealed class WithOwnNode : Backbone
    {
        public override string Name => "with own node";

        public override IReadOnlyList<FeatureInfo> Features => [FeatureInfo.BackboneMap(2, 6)];

        internal TorchModuleFactory? Factory { get; init; } = TorchModuleFactory.Of(() => nn.Conv2d(4, 6, 3, padding: 1));

        public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
        {
            GraphScope stage = scope.Enter("stage");
            GraphValue value = stage.Convolution("first", image, new Convolution { OutChannels = 4, Kernel = 4, Stride = 4 });
            return
            [
                Factory is null
                    ? stage.Add("own", new OpaqueOperation { Kind = "own", OutChannels = 6, ShapeRule = shapes => shapes[0].With(1, 6) }, value)
                    : stage.AddModule("own", Factory, 6, inputs: value),
            ];
        }
    }
}
