using DeepVision.Graphs.Operations;
using DeepVision.Zoo;

namespace DeepVision.Tests.Zoo;

/// <summary>A classifier's preset is made for the weights that its publisher recommends.</summary>
public sealed class PresetPreprocessingTests
{
    // These presets are older than the second weights of their models, which are trained at other sizes; the catalog has both.
    private static readonly string[] MadeForFirstWeights = ["resnet50", "resnet101", "resnet152"];

    public static TheoryData<string> Classifiers { get; } =
    [
        .. ModelPresets.All.Select(preset => preset.Name)
            .Where(name => WeightCatalog.Of(name).Any(weights => weights.Preprocessing is not null && weights.Figures.ContainsKey("top-1"))),
    ];

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Preprocessing_OfClassifiersPreset_IsThatOfItsPublishedWeights(string name)
    {
        using VisionModel model = VisionModel.FromPreset(name).Build();
        PublishedWeights weights = WeightCatalog.Find(name, MadeForFirstWeights.Contains(name) ? "IMAGENET1K_V1" : null);

        Assert.Equal(weights.Preprocessing, model.Preprocessing);
    }

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void BackboneNormalization_OfClassifiersPreset_HasItsPublishedWeightsEpsilon(string name)
    {
        var expected = WeightCatalog.Find(name).BackboneNormalization?.ToOperation() as BatchNorm;
        var found = ModelPresets.Find(name).BackboneNormalization.ToOperation() as BatchNorm;

        Assert.True(expected is null || found is not null);
        Assert.Equal(expected?.Epsilon ?? found?.Epsilon, found?.Epsilon);
    }
}
