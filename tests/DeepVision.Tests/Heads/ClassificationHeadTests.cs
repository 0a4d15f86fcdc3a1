using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;
using DeepVision.Heads;
using DeepVision.Tensors;

namespace DeepVision.Tests.Heads;

public sealed class ClassificationHeadTests
{
    [Fact]
    public void Build_BottleneckWithPath_HasItsParametersThere()
    {
        var head = new ClassificationHeadSpec { Classes = 3, BottleneckFeatures = 8, BottleneckPath = "classifier.0", Path = "classifier.3" };

        using VisionModel model = VisionModel.Create().UseResNet(ResNetSpec.ResNet18).UseClassifier(head).Build();

        Assert.Equal(new TensorShape(8, 512), Parameter(model, "classifier.0.weight").Shape);
        Assert.Equal(new TensorShape(3, 8), Parameter(model, "classifier.3.weight").Shape);
    }

    [Fact]
    public void Build_WithInitializer_StartsWeightsByItAndBiasesAtZero()
    {
        var head = new ClassificationHeadSpec { Classes = 3, BottleneckFeatures = 8, WeightInitializer = Initializer.Normal(0.01f) };

        using VisionModel model = VisionModel.Create().UseResNet(ResNetSpec.ResNet18).UseClassifier(head).Build();

        Assert.All(["bottleneck", "fc"], layer =>
        {
            Assert.Equal(Initializer.Normal(0.01f), Parameter(model, $"{layer}.weight").Initializer);
            Assert.Equal(Initializer.Zero, Parameter(model, $"{layer}.bias").Initializer);
        });
    }

    private static Parameter Parameter(VisionModel model, string name) => model.Parameters.Single(parameter => parameter.Name == name);

    [Fact]
    public void Build_WithNormalization_NormalizesWhatItPools()
    {
        var head = new ClassificationHeadSpec
        {
            Classes = 3,
            Normalization = Normalization.LayerNorm(1e-6f),
            NormalizationPath = "classifier.0",
            Path = "classifier.2",
        };

        using VisionModel model = VisionModel.Create().UseResNet(ResNetSpec.ResNet18).UseClassifier(head).Build();

        GraphNode norm = model.Graph.Nodes.Single(node => node.Operation is LayerNorm);
        Assert.Equal("flatten", model.Graph.Nodes.Single(node => node.Output == norm.Inputs[0]).Name);
        Assert.Equal(norm.Output, model.Graph.Outputs.Single(output => output.Name == ClassificationTask.EmbeddingOutput).Value);
        Assert.Contains("classifier.0.weight", model.Parameters.Select(parameter => parameter.Name));
        Assert.Contains("classifier.2.weight", model.Parameters.Select(parameter => parameter.Name));
    }
}
