using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Tests.Backbones;

public sealed class ResNetTests
{
    [Fact]
    public void Features_OfOutputStride8_KeepTheirNamesAtTheLevelOfTheirStride()
    {
        var backbone = new ResNetBackbone(ResNetSpec.ResNet50 with { OutputStride = 8 });

        Assert.Equal(
            ["C2 (256 channels, stride 4)", "C3 (512 channels, stride 8)", "C4 (1024 channels, stride 8)", "C5 (2048 channels, stride 8)"],
            backbone.Features.Select(feature => feature.ToString()));
    }

    [Theory]
    [InlineData(32, 1, 1, 1)]
    [InlineData(16, 1, 1, 2)]
    [InlineData(8, 1, 2, 4)]
    [InlineData(4, 2, 4, 8)]
    public void Build_OutputStride_DilatesLaterStagesFromTheirSecondBlockOn(int stride, int second, int third, int fourth)
    {
        using VisionModel model = VisionModel.Create().UseResNet(ResNetSpec.ResNet50 with { OutputStride = stride }).Build();

        int[] dilations = [1, second, third, fourth];
        for (int stage = 0; stage < 4; stage++)
        {
            Assert.Equal(stage == 0 ? 1 : dilations[stage - 1], Window(model, $"layer{stage + 1}.0.conv2").Dilation.Height);
            Assert.Equal(dilations[stage], Window(model, $"layer{stage + 1}.1.conv2").Dilation.Height);
        }
    }

    [Fact]
    public void Build_BasicBlocksWithGroups_Fails()
    {
        var exception = Assert.Throws<ModelBuildException>(() => new ResNetBackbone(ResNetSpec.ResNet18 with { Groups = 2 }));

        Assert.Equal("ResNet-18", exception.Component);
        Assert.Contains("found 2 of width 64", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_OutputStrideOfNoStage_Fails()
    {
        var exception = Assert.Throws<ModelBuildException>(() => new ResNetBackbone(ResNetSpec.ResNet50 with { OutputStride = 12 }));

        Assert.Contains("output stride 12", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_GroupsWithoutAChannel_Fails()
    {
        var exception = Assert.Throws<ModelBuildException>(() => new ResNetBackbone(ResNetSpec.ResNeXt50x32x4d with { BaseWidth = 8 }));

        Assert.Contains("base width 8 and width 4 give none", exception.Message, StringComparison.Ordinal);
    }

    private static Convolution Window(VisionModel model, string name) =>
        (Convolution)model.Graph.Nodes.Single(node => node.Name == name).Operation;
}
