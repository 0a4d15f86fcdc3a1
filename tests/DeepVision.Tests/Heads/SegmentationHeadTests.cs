using DeepVision.Backbones;
using DeepVision.Blocks;
using DeepVision.Cpu;
using DeepVision.Graphs.Passes;
using DeepVision.Heads;
using DeepVision.Necks;
using DeepVision.Tensors;
using DeepVision.Tests.Parity;

namespace DeepVision.Tests.Heads;

public sealed class SegmentationHeadTests
{
    private static readonly ResNetSpec Dilated = ResNetSpec.ResNet50 with { BaseWidth = 8, OutputStride = 8 };

    [Theory]
    [InlineData(64, 64)]
    [InlineData(97, 131)]
    public void Build_AnyHead_GivesLogitsAsLargeAsTheImage(int height, int width)
    {
        foreach (VisionModelBuilder builder in new[]
        {
            VisionModel.Create().UseResNet(Dilated).UseFcn(new FcnHeadSpec { Classes = 5, AuxiliaryFeature = "C4" }),
            VisionModel.Create().UseResNet(Dilated).UseDeepLabV3(new DeepLabV3HeadSpec { Classes = 5, AuxiliaryFeature = "C3" }),
            VisionModel.Create().UseResNet(Dilated).UseLraspp(new LrasppHeadSpec { Classes = 5 }),
            VisionModel.Create().UseResNet(Dilated).UseAspp().UseFcn(["a", "b", "c", "d", "e"]),
        })
        {
            using VisionModel model = builder.Build();

            var shapes = model.Graph.InferShapes(new TensorShape(2, 3, height, width));

            Assert.All(model.Graph.Outputs, output => Assert.Equal(new TensorShape(2, 5, height, width), shapes[output.Value]));
        }
    }

    [Fact]
    public void Run_OfDecodedOutputs_LeavesTheAuxiliaryClassifierOut()
    {
        using VisionModel model = VisionModel.Create()
            .UseResNet(Dilated)
            .UseHead(new FcnHead(new FcnHeadSpec { Classes = 5, AuxiliaryFeature = "C4" }))
            .InitializeWeights(seed: 2)
            .Build();
        using CpuGraph graph = CpuGraph.Compile(model.Graph, model.Weights);
        HostTensor image = ParityImages.Batch(1, 64, 96);

        IReadOnlyDictionary<string, HostTensor> whole = graph.Run(image);
        IReadOnlyDictionary<string, HostTensor> decoded = graph.Run(model.Task.DecodedOutputs!, image);

        Assert.Equal(["out", "aux"], whole.Keys);
        Assert.Equal(["out"], decoded.Keys);
        Assert.Equal(whole["out"].Values, decoded["out"].Values);
        Assert.Contains(model.Graph.Nodes, node => node.Name.Contains("aux", StringComparison.Ordinal));
        Assert.DoesNotContain(
            model.Graph.KeepOutputs(model.Task.DecodedOutputs!).Nodes, node => node.Name.Contains("aux", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_AuxiliaryFeature_AddsAClassifierOverIt()
    {
        using VisionModel without = VisionModel.Create().UseResNet(Dilated).UseFcn(new FcnHeadSpec { Classes = 5 }).Build();
        using VisionModel with = VisionModel.Create().UseResNet(Dilated).UseFcn(new FcnHeadSpec { Classes = 5, AuxiliaryFeature = "C3" }).Build();

        Assert.Equal(["out"], without.Graph.Outputs.Select(output => output.Name));
        Assert.Equal(["out", "aux"], with.Graph.Outputs.Select(output => output.Name));
        Assert.Equal(
            new TensorShape(16, 64, 3, 3), with.Parameters.Single(parameter => parameter.Name == "aux_classifier.0.weight").Shape);
        Assert.DoesNotContain(without.Parameters, parameter => parameter.Name.StartsWith("aux", StringComparison.Ordinal));
    }

    [Fact]
    public void UseAspp_BeforeAHead_StandsUnderItsOwnName()
    {
        using VisionModel model = VisionModel.Create()
            .UseResNet(Dilated).UseAspp(new AsppSpec { Channels = 16, Rates = [6, 12] }).UseFcn(new FcnHeadSpec { Classes = 2 }).Build();

        string[] names = [.. model.Parameters.Select(parameter => parameter.Name)];

        Assert.Contains("aspp.convs.3.1.weight", names);
        Assert.DoesNotContain("aspp.convs.4.1.weight", names);
        Assert.Equal(new TensorShape(16, 64, 1, 1), model.Parameters.Single(parameter => parameter.Name == "aspp.project.0.weight").Shape);
    }

    [Fact]
    public void Lraspp_WithoutNames_TakesTheCoarsestMapAndTheNextFiner()
    {
        using VisionModel model = VisionModel.Create().UseResNet(Dilated with { OutputStride = 16 }).UseLraspp(new LrasppHeadSpec { Classes = 2 }).Build();

        // C5 and C4 have stride 16, C3 has 8.
        Assert.Equal(new TensorShape(2, 64, 1, 1), model.Parameters.Single(p => p.Name == "classifier.low_classifier.weight").Shape);
        Assert.Equal(new TensorShape(128, 256, 1, 1), model.Parameters.Single(p => p.Name == "classifier.cbr.0.weight").Shape);
    }

    [Fact]
    public void Build_UnknownFeature_NamesItAndWhatThereIs()
    {
        VisionModelBuilder builder = VisionModel.Create().UseResNet(Dilated).UseDeepLabV3(new DeepLabV3HeadSpec { Classes = 2, AuxiliaryFeature = "C9" });

        var exception = Assert.Throws<ModelBuildException>(builder.Build);

        Assert.Equal(("DeepLabV3 head", "ResNet-50"), (exception.Component, exception.Upstream));
        Assert.Contains("expected a map C9; found C2 (32 channels, stride 4)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_NumbersOutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FcnHead(new FcnHeadSpec { Classes = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeepLabV3Head(new DeepLabV3HeadSpec { Classes = 2, Aspp = new AsppSpec { Rates = [0] } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LrasppHead(new LrasppHeadSpec { Classes = 2, Channels = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AsppNeck(new AsppSpec { Channels = 0 }));
    }

    [Fact]
    public void Preset_Labels_AreVocs()
    {
        using VisionModel model = VisionModel.FromPreset("fcn_resnet50").Build();

        Assert.Equal(21, model.Labels.Count);
        Assert.Equal(("__background__", "tvmonitor"), (model.Labels[0], model.Labels[20]));
        Assert.IsType<SegmentationTask>(model.Task);
    }
}
