using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Tests.Backbones;

public sealed class DenseNetTests
{
    private static DenseNetSpec Small => new() { Name = "small", Depths = [2, 1, 1, 3], GrowthRate = 4, StemWidth = 8 };

    [Fact]
    public void Features_GrowByEachLayerAndAreHalvedBetweenBlocks()
    {
        Assert.Equal([16, 12, 10, 17], new DenseNetBackbone(Small).Features.Select(feature => feature.Channels));
    }

    [Fact]
    public void Build_Levels_AreActivatedMaps()
    {
        using VisionModel model = VisionModel.Create().UseDenseNet(Small).Build();

        Assert.Equal(
            ["transition1.relu", "transition2.relu", "transition3.relu", "relu5"],
            model.Graph.Outputs.Select(output => output.Value.Name["features.".Length..]));
    }

    [Fact]
    public void Build_Dropout_StandsBehindEveryLayer()
    {
        using VisionModel plain = VisionModel.Create().UseDenseNet(Small).Build();
        using VisionModel dropping = VisionModel.Create().UseDenseNet(Small with { Dropout = 0.1f }).Build();

        Assert.DoesNotContain(plain.Graph.Nodes, node => node.Operation is Dropout);
        Assert.Equal(7, dropping.Graph.Nodes.Count(node => node.Operation is Dropout { Probability: 0.1f }));
    }

    [Fact]
    public void Build_WithoutNormalization_GivesConvolutionsABias()
    {
        using VisionModel model = VisionModel.Create().UseDenseNet(Small with { Normalization = Normalization.None }).Build();

        Assert.Contains(model.Parameters, parameter => parameter.Name == "features.denseblock1.denselayer1.conv1.bias");
        Assert.DoesNotContain(model.Parameters, parameter => parameter.Name.Contains("norm", StringComparison.Ordinal));
    }

    [Fact]
    public void Constructor_SpecOfNoNetwork_SaysWhatItHolds()
    {
        var exception = Assert.Throws<ModelBuildException>(() => new DenseNetBackbone(Small with { Depths = [2, 0, 1, 3] }));

        Assert.Equal("small", exception.Component);
        Assert.Contains("depths [2, 0, 1, 3]", exception.Message, StringComparison.Ordinal);
    }
}
