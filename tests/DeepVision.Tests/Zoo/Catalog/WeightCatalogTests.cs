using DeepVision.Graphs.Operations;
using DeepVision.Zoo;

namespace DeepVision.Tests.Zoo;

public sealed class WeightCatalogTests
{
    [Fact]
    public void All_OfPresetsThatExist_FitTheirModels()
    {
        HashSet<string> presets = [.. ModelPresets.All.Select(preset => preset.Name)];
        foreach (PublishedWeights weights in WeightCatalog.All.Where(weights => presets.Contains(weights.Model) && weights.IsDefault))
        {
            using VisionModel model = ModelPresets.Find(weights.Model).CreateBuilder().Build();

            Assert.Equal(weights.Classes, model.Labels.Count);
            if (weights.BackboneNormalization is null)
            {
                Assert.Equal(weights.Parameters, model.ParameterCount);
            }

            Assert.Contains($"-{weights.Sha256Prefix}.pth", weights.FileName, StringComparison.Ordinal);
            Assert.Equal("https", weights.Url.Scheme);
        }
    }

    [Fact]
    public void All_ByModel_HaveOneDefault()
    {
        foreach (IGrouping<string, PublishedWeights> model in WeightCatalog.All.GroupBy(weights => weights.Model))
        {
            Assert.Single(model, weights => weights.IsDefault);
            Assert.Equal(model.Count(), model.Select(weights => weights.Name).Distinct().Count());
        }
    }

    [Fact]
    public void Find_ByName_GivesFiguresAndPreprocessing()
    {
        PublishedWeights weights = WeightCatalog.Find("resnet50");

        Assert.Equal("IMAGENET1K_V2", weights.Name);
        Assert.Equal("resnet50-11ad3fa6.pth", weights.FileName);
        Assert.Equal(80.858, weights.Figures["top-1"]);
        Assert.Equal(232, weights.Preprocessing!.Resize.MinSide);
        Assert.Equal("IMAGENET1K_V1", WeightCatalog.Find("ResNet50", "imagenet1k_v1").Name);
        Assert.Equal("resnet50 IMAGENET1K_V2: top-1 80.858, top-5 95.434 (ImageNet-1K)", weights.ToString());
    }

    [Fact]
    public void Find_OfUnknown_NamesTheNearest()
    {
        Assert.Contains("did you mean 'resnet50'", Assert.Throws<ArgumentException>(() => WeightCatalog.Find("resnet5")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "there are IMAGENET1K_V1, IMAGENET1K_V2",
            Assert.Throws<ArgumentException>(() => WeightCatalog.Find("resnet50", "V3")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void CreateBuilder_WithFile_HasTheWeightsNormAndPreprocessing()
    {
        PublishedWeights weights = WeightCatalog.Find("retinanet_resnet50_fpn");

        Assert.Equal("BatchNorm frozen eps 0", weights.BackboneNormalization!.ToString());
        Assert.Null(weights.Preprocessing);
        Assert.Throws<FileNotFoundException>(() => weights.CreateBuilder("no-such-file.pth").Build());
    }
}
