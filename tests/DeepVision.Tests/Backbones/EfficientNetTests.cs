using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Models;
using DeepVision.Tests.Parity;
using DeepVision.Weights;

namespace DeepVision.Tests.Backbones;

public sealed class EfficientNetTests
{
    // Figures of torchvision 0.14.1.
    [Theory]
    [InlineData("efficientnet_b0", "2.1", 0.025)]
    [InlineData("efficientnet_b0", "6.3", 0.175)]
    [InlineData("efficientnet_v2_s", "1.1", 0.005)]
    [InlineData("efficientnet_v2_s", "6.14", 0.195)]
    public void Build_StochasticDepth_GrowsWithEachBlockAsTorchvisions(string preset, string block, double expected)
    {
        using VisionModel model = VisionModel.FromPreset(preset).Build();

        Assert.Equal(expected, Find<StochasticDepth>(model, $"features.{block}.stochastic_depth").Probability, 6);
    }

    [Fact]
    public void Build_BlocksThatAreNotResidual_HaveNoStochasticDepth()
    {
        using VisionModel model = VisionModel.FromPreset("efficientnet_b0").Build();

        Assert.Equal(
            model.Graph.Nodes.Count(node => node.Operation is Add),
            model.Graph.Nodes.Count(node => node.Operation is StochasticDepth));
        Assert.Equal(9, model.Graph.Nodes.Count(node => node.Operation is Add));
    }

    [Theory]
    [InlineData("efficientnet_b4", 1e-5f, 0.1f, 0.4f)]
    [InlineData("efficientnet_b5", 1e-3f, 0.01f, 0.4f)]
    [InlineData("efficientnet_v2_l", 1e-3f, 0.1f, 0.4f)]
    public void Preset_TrainingConstants_AreTorchvisions(string preset, float epsilon, float momentum, float dropout)
    {
        using VisionModel model = VisionModel.FromPreset(preset).Build();

        Assert.All(model.Graph.Nodes.Select(node => node.Operation).OfType<BatchNorm>(), norm =>
        {
            Assert.Equal(epsilon, norm.Epsilon);
            Assert.Equal(momentum, norm.Momentum);
        });
        Assert.Equal(dropout, Find<Dropout>(model, "dropout").Probability);
    }

    [Fact]
    public void LoadWeights_OfficialClassifierIntoDetectorsBackbone_LeavesTheClassifiersLayersUnused()
    {
        string path = Path.GetTempFileName();
        try
        {
            IReadOnlyList<GoldenKey> keys = GoldenFolder.Keys("efficientnet_b0");
            HashSet<string> names = [.. keys.Select(key => key.Key)];
            SafeTensorsWriter.Write(path, keys.Select(key => KeyValuePair.Create(key.Key, ParityWeights.Handle(key.Key, key.Shape, names))));

            using VisionModel model = VisionModel.Create().UseEfficientNet(EfficientNetSpec.B0).UseFpn(channels: 16).UseRetinaNet(["cat"])
                .LoadWeights(ModelComponent.Backbone, path).InitializeWeights().Build();

            WeightReport report = Assert.Single(model.Weights.Reports);
            Assert.Contains("features.8.0.weight", report.Unused);
            Assert.Contains("classifier.1.weight", report.Unused);
            Assert.All(model.Weights.Initialized, parameter => Assert.False(parameter.Name.StartsWith("backbone.body.", StringComparison.Ordinal)));
            Assert.Contains(model.Parameters, parameter => parameter.Name == "backbone.body.7.0.block.0.0.weight");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Scale_WidthAndDepth_RoundsChannelsToMultiplesOf8AndBlocksUp()
    {
        EfficientNetSpec spec = EfficientNetSpec.B0.Scale(width: 1.2, depth: 1.4);

        Assert.Equal(40, spec.StemWidth);
        Assert.Equal([24, 32, 48, 96, 136, 232, 384], spec.Stages.Select(stage => stage.Channels));
        Assert.Equal([2, 3, 3, 5, 5, 6, 2], spec.Stages.Select(stage => stage.Depth));
        Assert.Throws<ArgumentOutOfRangeException>(() => EfficientNetSpec.B0.Scale(width: 0, depth: 1));
    }

    [Theory]
    [InlineData(3, 3, "a stride of 1 or 2; found EfficientNetStage")]
    [InlineData(4, 2, "an odd window")]
    [InlineData(3, 1, "none of its stages has a stride of 4")]
    public void Constructor_SpecOfNoNetwork_SaysWhatIsWrong(int kernel, int stride, string expected)
    {
        var spec = new EfficientNetSpec
        {
            Name = "small",
            StemWidth = 8,
            Stages = [new EfficientNetStage { Expansion = 2, Kernel = kernel, Stride = stride, Channels = 8, Depth = 1 }],
        };

        var exception = Assert.Throws<ModelBuildException>(() => new EfficientNetBackbone(spec));

        Assert.Equal("small", exception.Component);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private static T Find<T>(VisionModel model, string name)
        where T : Operation => Assert.IsType<T>(model.Graph.Nodes.Single(node => node.Name == name).Operation);
}
