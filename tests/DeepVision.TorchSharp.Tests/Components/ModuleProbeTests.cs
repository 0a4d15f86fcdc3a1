using DeepVision.Backbones;
using DeepVision.Components;
using DeepVision.Tests.Parity;
using DeepVision.Torch;
using DeepVision.Torch.Components;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Components;

/// <summary>What a probe run accepts, and whose the modules are that it looks at.</summary>
public sealed class ModuleProbeTests
{
    private static readonly FeatureInfo[] Features =
        [FeatureInfo.BackboneMap(3, 8), FeatureInfo.BackboneMap(4, 16), FeatureInfo.BackboneMap(5, 24)];

    [TorchFact]
    public void Neck_WithAModuleOfOneTensor_ForSeveralFeatures_SaysWhatToGive()
    {
        var neck = new TorchNeck(
            "first only",
            features => [FeatureInfo.NeckMap(features[0].Level, 4)],
            features => TorchModuleFactory.Of(() => nn.Conv2d(features[0].Channels, 4, 1)));
        VisionModelBuilder builder = VisionModel.Create()
            .UseResNet(ResNetSpec.ResNet18 with { BaseWidth = 8 })
            .UseNeck(neck)
            .UseClassifier(5)
            .InitializeWeights();

        var exception = Assert.Throws<ModelBuildException>(builder.Build);

        Assert.Contains("Neck 'first only'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("it is a Conv2d, which takes one tensor; give a module from Tensor[].", exception.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Factory_ThatMakesModules_IsCalledOnceAModel()
    {
        int made = 0;
        using VisionModel model = Classifier(TorchModuleFactory.Of(() =>
        {
            made++;
            return new Pyramid(8, 16, 24);
        }));
        using VisionModule first = model.ToTorchSharp();
        Assert.Equal(1, made);
        using VisionModule second = model.ToTorchSharp();
        Assert.Equal(2, made);

        first.Dispose();

        Assert.Equal(2, second.Predict(ParityImages.Batch(2, 64, 64))["logits"].Shape.Batch);
    }

    [TorchFact]
    public void Factory_OfAnExistingModule_GivesItToOneModelAsItIs()
    {
        var mine = new Pyramid(8, 16, 24);
        nn.Module part = mine.children().First();
        part.eval();
        using VisionModel model = Classifier(TorchModuleFactory.Of(() => mine));
        Assert.Equal((true, false), (mine.training, part.training));

        using (VisionModule module = model.ToTorchSharp())
        {
            Assert.Same(mine, module.Find("module"));
            Assert.Equal(2, module.Predict(ParityImages.Batch(2, 64, 64))["logits"].Shape.Batch);

            var exception = Assert.Throws<ModelBuildException>(() => model.ToTorchSharp());
            Assert.Contains("module: the factory gave a Pyramid that another model has", exception.Message, StringComparison.Ordinal);
            Assert.Equal(2, module.Predict(ParityImages.Batch(2, 64, 64))["logits"].Shape.Batch);
        }

        Assert.All(mine.parameters(), parameter => Assert.True(parameter.IsInvalid));
    }

    [TorchFact]
    public void Factory_OfAnExistingModule_ThatDoesNotFit_LeavesIt()
    {
        using var mine = new Pyramid(8, 12, 24);

        Assert.Throws<ModelBuildException>(() => Classifier(TorchModuleFactory.Of(() => mine)));

        using Tensor image = zeros(1, 3, 64, 64);
        Assert.Equal(3, mine.call(image).Length);
    }

    [TorchFact]
    public void Factory_OfNothing_IsNamed()
    {
        var exception = Assert.Throws<ModelBuildException>(() => Classifier(TorchModuleFactory.Of(() => (Pyramid)null!)));

        Assert.Equal("Backbone 'pyramid': the factory gave no module but null.", exception.Message);
    }

    private static VisionModel Classifier(TorchModuleFactory factory) => VisionModel.Create()
        .UseBackbone(new TorchBackbone("pyramid", Features, factory))
        .UseClassifier(5)
        .InitializeWeights()
        .Build();
}
