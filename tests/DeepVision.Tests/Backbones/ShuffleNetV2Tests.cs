using DeepVision.Backbones;
using DeepVision.Models;
using DeepVision.Tests.Shared;
using DeepVision.Weights;

namespace DeepVision.Tests.Backbones;

public sealed class ShuffleNetV2Tests
{
    private const string FastestDet = "weights/coco-fastestdet.pth";

    [SharedDataFact(FastestDet)]
    public void LoadWeights_FastestDet_FillsItsBackbone()
    {
        using VisionModel model = VisionModel.Create().UseShuffleNetV2(ShuffleNetV2Spec.FastestDet)
            .LoadWeights(ModelComponent.Backbone, SharedData.PathOf(FastestDet), new WeightLoadOptions { FilePrefix = "backbone." }).Build();

        WeightReport report = Assert.Single(model.Weights.Reports);
        Assert.True(report.IsExact, report.ToString());
        Assert.Empty(model.Weights.Initialized);
        Assert.DoesNotContain(report.Unused, key => key.StartsWith("backbone.", StringComparison.Ordinal));
    }

    [Fact]
    public void Constructor_OddWidth_Fails()
    {
        var exception = Assert.Throws<ModelBuildException>(() => new ShuffleNetV2Backbone(ShuffleNetV2Spec.X10 with { Widths = [116, 232, 465] }));

        Assert.Contains("widths [116, 232, 465]", exception.Message, StringComparison.Ordinal);
    }
}
