using DeepVision.Backbones;
using DeepVision.Graphs.Operations;

namespace DeepVision.Tests.Backbones;

public sealed class RegNetTests
{
    private static RegNetSpec Small => new() { Name = "small", Depths = [1, 1, 2, 1], Widths = [16, 24, 40, 64], GroupWidth = 8 };

    [Fact]
    public void Build_StageNarrowerThanAGroup_HasOneGroup()
    {
        using VisionModel model = VisionModel.Create().UseRegNet(RegNetSpec.X8GF).Build();

        Assert.Equal([1, 2, 6, 16], Enumerable.Range(1, 4).Select(stage => Window(model, $"trunk_output.block{stage}.block{stage}-0.f.b.0").Groups));
    }

    [Fact]
    public void Build_SqueezeRatio_IsRelativeToTheBlocksInput()
    {
        using VisionModel model = VisionModel.Create().UseRegNet(Small with { SqueezeRatio = 0.25f }).Build();

        Assert.Equal(8, Window(model, "trunk_output.block1.block1-0.f.se.fc1").OutChannels);
        Assert.Equal(6, Window(model, "trunk_output.block3.block3-0.f.se.fc1").OutChannels);
        Assert.Equal(10, Window(model, "trunk_output.block3.block3-1.f.se.fc1").OutChannels);
    }

    [Fact]
    public void Build_BottleneckMultiplier_WidensTheGroupedConvolutions()
    {
        using VisionModel model = VisionModel.Create().UseRegNet(Small with { BottleneckMultiplier = 2 }).Build();

        Convolution middle = Window(model, "trunk_output.block2.block2-0.f.b.0");
        Assert.Equal((48, 6), (middle.OutChannels, middle.Groups));
        Assert.Equal(24, Window(model, "trunk_output.block2.block2-0.f.c.0").OutChannels);
    }

    [Theory]
    [InlineData(3, "depths [1, 1, 2]")]
    [InlineData(4, "group width 0")]
    public void Constructor_SpecOfNoNetwork_SaysWhatItHolds(int stages, string expected)
    {
        var exception = Assert.Throws<ModelBuildException>(
            () => new RegNetBackbone(Small with { Depths = [.. Small.Depths.Take(stages)], GroupWidth = stages == 4 ? 0 : 8 }));

        Assert.Equal("small", exception.Component);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private static Convolution Window(VisionModel model, string name) =>
        (Convolution)model.Graph.Nodes.Single(node => node.Name == name).Operation;
}
