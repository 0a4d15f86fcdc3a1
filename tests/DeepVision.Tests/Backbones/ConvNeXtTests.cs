using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Tests.Backbones;

public sealed class ConvNeXtTests
{
    // Figures of torchvision 0.14.1.
    [Theory]
    [InlineData("1.1", 0.0058823529)]
    [InlineData("5.3", 0.0529411765)]
    [InlineData("7.2", 0.1)]
    public void Build_StochasticDepth_ReachesItsLargestWithTheLastBlock(string block, double expected)
    {
        using VisionModel model = VisionModel.FromPreset("convnext_tiny").Build();

        GraphNode node = model.Graph.Nodes.Single(node => node.Name == $"features.{block}.stochastic_depth");
        Assert.Equal(expected, Assert.IsType<StochasticDepth>(node.Operation).Probability, 6);
        Assert.DoesNotContain(model.Graph.Nodes, other => other.Name == "features.1.0.stochastic_depth");
    }

    [Fact]
    public void Build_LayerScale_StartsSmallWithTorchvisionsShape()
    {
        using VisionModel model = VisionModel.FromPreset("convnext_tiny").InitializeWeights().Build();

        Parameter scale = model.Parameters.Single(parameter => parameter.Name == "features.1.0.layer_scale");
        float[] values = new float[scale.Shape.ElementCount];
        model.Weights.Read(scale, values);
        Assert.Equal("96x1x1", scale.Shape.ToString());
        Assert.All(values, value => Assert.Equal(1e-6f, value));
    }

    [Fact]
    public void Build_OtherNormalizationAndActivation_TakesTheirPlace()
    {
        var spec = new ConvNeXtSpec
        {
            Name = "small",
            Depths = [1, 1, 1, 1],
            Widths = [8, 8, 16, 16],
            Normalization = Normalization.BatchNorm,
            Activation = Activation.Relu,
        };

        using VisionModel model = VisionModel.Create().UseConvNeXt(spec).Build();

        Assert.Equal(8, model.Graph.Nodes.Count(node => node.Operation is BatchNorm));
        Assert.DoesNotContain(model.Graph.Nodes, node => node.Operation is LayerNorm or Activate { Activation.Kind: ActivationKind.Gelu });
    }

    [Fact]
    public void Constructor_SpecOfNoNetwork_SaysWhatItHolds()
    {
        var exception = Assert.Throws<ModelBuildException>(() => new ConvNeXtBackbone(ConvNeXtSpec.Tiny with { Widths = [96, 192, 384] }));

        Assert.Equal("ConvNeXt-Tiny", exception.Component);
        Assert.Contains("widths [96, 192, 384]", exception.Message, StringComparison.Ordinal);
    }
}
