using DeepVision.Backbones;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Models;
using DeepVision.Tensors;
using DeepVision.Tests.Shared;
using DeepVision.Weights;

namespace DeepVision.Tests.Backbones;

public sealed class MobileNetTests
{
    private const string RetinaFace = "weights/retinaface-mobilenet0.25.pth";

    [SharedDataFact(RetinaFace)]
    public void LoadWeights_RetinaFaceIntoMobileNetV1_FillsItsBody()
    {
        using VisionModel model = VisionModel.Create().UseMobileNetV1(MobileNetV1Spec.RetinaFace)
            .LoadWeights(ModelComponent.Backbone, SharedData.PathOf(RetinaFace), new WeightLoadOptions { FilePrefix = "body." }).Build();

        WeightReport report = Assert.Single(model.Weights.Reports);
        Assert.True(report.IsExact, report.ToString());
        Assert.Empty(model.Weights.Initialized);
        Assert.DoesNotContain(report.Unused, key => key.StartsWith("body.", StringComparison.Ordinal));
    }

    [Fact]
    public void Features_OfMobileNetV1_AreAtLeast8ChannelsWide()
    {
        var backbone = new MobileNetV1Backbone(new MobileNetV1Spec { Width = 0.02 });

        Assert.Equal([8, 8, 10, 20], backbone.Features.Select(feature => feature.Channels));
    }

    [Theory]
    [InlineData(1, 24, 32, 96, 320, 1280)]
    [InlineData(0.5, 16, 16, 48, 160, 1280)]
    [InlineData(1.4, 32, 48, 136, 448, 1792)]
    [InlineData(0.35, 8, 16, 32, 112, 1280)]
    public void Features_OfMobileNetV2_AreRoundedToMultiplesOf8(double width, int c2, int c3, int c4, int c5, int final)
    {
        var backbone = new MobileNetV2Backbone(new MobileNetV2Spec { Width = width });

        Assert.Equal([c2, c3, c4, c5, final], backbone.Features.Append(backbone.ClassifierFeature).Select(feature => feature.Channels));
    }

    [Fact]
    public void Build_MobileNetV2BehindFpn_LeavesTheClassifiersConvolutionOut()
    {
        using VisionModel model = VisionModel.Create().UseMobileNetV2(new MobileNetV2Spec()).UseFpn(channels: 64).UseRetinaNet(["cat"]).Build();

        Assert.Contains("backbone.body.17.conv.3.weight", model.Parameters.Select(parameter => parameter.Name));
        Assert.DoesNotContain("backbone.body.18.0.weight", model.Parameters.Select(parameter => parameter.Name));
    }

    [Theory]
    [InlineData(MobileNetV3Taps.StageEnds, 32, "C2 24 stride 4, C3 40 stride 8, C4 112 stride 16, C5 160 stride 32")]
    [InlineData(MobileNetV3Taps.StageEnds, 16, "C2 24 stride 4, C3 40 stride 8, C4 112 stride 16, C5 160 stride 16")]
    [InlineData(MobileNetV3Taps.StridedBlocks, 32, "C1 16 stride 2, C2 24 stride 4, C3 40 stride 8, C4 80 stride 16, C5 160 stride 32, final 960 stride 32")]
    [InlineData(MobileNetV3Taps.Expansion, 32, "C4 672 stride 16, C5 960 stride 32")]
    public void Features_OfMobileNetV3_AreWhereTheTapsSay(MobileNetV3Taps taps, int outputStride, string expected)
    {
        var backbone = new MobileNetV3Backbone(MobileNetV3Spec.Large with { Taps = taps, OutputStride = outputStride });

        Assert.Equal(expected, string.Join(", ", backbone.Features.Select(feature => $"{feature.Name} {feature.Channels} stride {feature.Stride}")));
    }

    [Fact]
    public void Constructor_BlocksWithOtherStrides_Fails()
    {
        var exception = Assert.Throws<ModelBuildException>(
            () => new MobileNetV3Backbone(MobileNetV3Spec.Small with { Blocks = [.. MobileNetV3Spec.Small.Blocks.Skip(1)] }));

        Assert.Contains("found 10 blocks with strides [2, 1, 2, 1, 1, 1, 1, 2, 1, 1]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_BlockOutOfRange_NamesIt()
    {
        MobileNetV3Block[] blocks = [.. MobileNetV3Spec.Small.Blocks];
        Assert.Contains("at index 4 of 11 a window of 6, stride 1, 240 expanded and 40 output channels", Message(blocks[4] with { Kernel = 6 }), StringComparison.Ordinal);
        Assert.Contains("at index 4 of 11 a window of 5, stride 1, 0 expanded", Message(blocks[4] with { ExpandedChannels = 0 }), StringComparison.Ordinal);
        Assert.Contains("240 expanded and -1 output channels", Message(blocks[4] with { Channels = -1 }), StringComparison.Ordinal);
        Assert.Contains("a window of 5, stride 3", Message(blocks[4] with { Stride = 3 }), StringComparison.Ordinal);

        string Message(MobileNetV3Block block) => Assert.Throws<ModelBuildException>(
            () => new MobileNetV3Backbone(MobileNetV3Spec.Small with { Blocks = [.. blocks[..4], block, .. blocks[5..]] })).Message;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_WidthThatIsNone_Fails(double width)
    {
        Assert.Throws<ModelBuildException>(() => new MobileNetV1Backbone(new MobileNetV1Spec { Width = width }));
        Assert.Throws<ModelBuildException>(() => new MobileNetV2Backbone(new MobileNetV2Spec { Width = width }));
        Assert.Throws<ModelBuildException>(() => new MobileNetV3Backbone(MobileNetV3Spec.Small with { Width = width }));
    }

    [Theory]
    [InlineData(MobileNetV3Taps.StageEnds, 160)]
    [InlineData(MobileNetV3Taps.Expansion, 960)]
    public void Build_MobileNetV3WithoutHead_GivesItsFeatures(MobileNetV3Taps taps, int last)
    {
        using VisionModel model = VisionModel.Create().UseMobileNetV3(MobileNetV3Spec.Large with { Taps = taps }).Build();

        GraphValue coarsest = model.Graph.Outputs[^1].Value;
        Assert.Equal(last, coarsest.Channels);
        Assert.Equal(new TensorShape(1, last, 2, 3), model.Graph.InferShapes(new TensorShape(1, 3, 64, 96))[coarsest]);
    }
}
