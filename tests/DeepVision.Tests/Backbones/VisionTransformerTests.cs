using DeepVision.Backbones;
using DeepVision.Cpu;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Heads;
using DeepVision.Tensors;

namespace DeepVision.Tests.Backbones;

public sealed class VisionTransformerTests
{
    private static VisionTransformerSpec Small => new()
    {
        Name = "small",
        ImageSize = new Size2D(64, 96),
        PatchSize = 16,
        Depth = 2,
        Width = 12,
        Heads = 3,
        HiddenWidth = 20,
    };

    [Fact]
    public void Build_Classifier_ReadsTheClassToken()
    {
        using VisionModel model = VisionModel.Create().UseVisionTransformer(Small).UseClassifier(5).Build();

        GraphValue embedding = model.Graph.Outputs.Single(output => output.Name == ClassificationTask.EmbeddingOutput).Value;
        GraphNode token = model.Graph.Nodes.Single(node => node.Output == embedding);
        Assert.Equal(0, Assert.IsType<TakeToken>(token.Operation).Index);
        Assert.Equal("encoder.ln", model.Graph.Nodes.Single(node => node.Output == token.Inputs[0]).Name);
        Assert.DoesNotContain(model.Graph.Nodes, node => node.Operation is TokensToMap);
        Assert.Contains(model.Parameters, parameter => parameter.Name == "heads.head.weight");
    }

    [Fact]
    public void Build_Neck_TakesThePatchTokensAsAMap()
    {
        using VisionModel model = VisionModel.Create().UseVisionTransformer(Small).UseFpn(channels: 8).Tap("C4").Tap("P4").Build();

        GraphShapes shapes = model.Graph.InferShapes(new TensorShape(2, 3, 64, 96));

        Assert.Equal(new TensorShape(2, 12, 4, 6), shapes[model.Graph.Outputs.Single(output => output.Name == "C4").Value]);
        Assert.Equal(new TensorShape(2, 8, 4, 6), shapes[model.Graph.Outputs.Single(output => output.Name == "P4").Value]);
    }

    [Fact]
    public void Build_PatchesOfNoPowerOf2_GiveTheClassTokenAlone()
    {
        var backbone = new VisionTransformerBackbone(Small with { PatchSize = 14, ImageSize = 28 });

        using VisionModel classifier = VisionModel.Create().UseBackbone(backbone).UseClassifier(5).Build();

        Assert.Empty(backbone.Features);
        Assert.Equal(12, classifier.Graph.Outputs.Single(output => output.Name == ClassificationTask.EmbeddingOutput).Value.Channels);
        Assert.Contains(
            "found nothing",
            Assert.Throws<ModelBuildException>(VisionModel.Create().UseBackbone(backbone).UseFpn().Build).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ImageOfAnotherSize_SaysWhichTokensItWants()
    {
        using VisionModel model = VisionModel.Create().UseVisionTransformer(Small).UseClassifier(5).InitializeWeights().Build();
        using CpuGraph compiled = CpuGraph.Compile(model.Graph, model.Weights);

        var exception = Assert.Throws<ModelBuildException>(() => compiled.Run(new HostTensor(new TensorShape(1, 3, 64, 64))));

        Assert.Equal(new Size2D(64, 96), model.ImageSize);
        Assert.Contains("expected 25 tokens", exception.Message, StringComparison.Ordinal);
        Assert.Contains("encoder.pos_embedding", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_Dropout_StandsBehindPositionsAttentionAndBothLayers()
    {
        using VisionModel plain = VisionModel.Create().UseVisionTransformer(Small).Build();
        using VisionModel dropping = VisionModel.Create().UseVisionTransformer(Small with { Dropout = 0.1f }).Build();

        Assert.DoesNotContain(plain.Graph.Nodes, node => node.Operation is Dropout);
        Assert.Equal(1 + (2 * 3), dropping.Graph.Nodes.Count(node => node.Operation is Dropout));
    }

    [Fact]
    public void Constructor_SpecOfNoNetwork_SaysWhatItHolds()
    {
        Assert.Contains(
            "width 12 with 5 heads", Assert.Throws<ModelBuildException>(() => new VisionTransformerBackbone(Small with { Heads = 5 })).Message, StringComparison.Ordinal);
        Assert.Contains(
            "an image of 64x100", Assert.Throws<ModelBuildException>(() => new VisionTransformerBackbone(Small with { ImageSize = new Size2D(64, 100) })).Message, StringComparison.Ordinal);
    }
}
