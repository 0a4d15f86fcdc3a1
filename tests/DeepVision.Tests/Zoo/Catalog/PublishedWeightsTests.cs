using DeepVision.Zoo;

namespace DeepVision.Tests.Zoo;

public sealed class PublishedWeightsTests
{
    private static readonly PublishedWeights Published = WeightCatalog.Find("squeezenet1_1");

    [Theory]
    [InlineData("")]
    [InlineData("0123abc")]
    [InlineData("0123abcg")]
    [InlineData("sha256:0123abcd")]
    public void Sha256Prefix_ThatChecksTooLittle_IsRefused(string prefix)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Published with { Sha256Prefix = prefix });

        Assert.Contains($"'{prefix}' is not the beginning of a SHA-256", error.Message, StringComparison.Ordinal);
        Assert.Equal("Sha256Prefix", error.ParamName);
    }

    [Theory]
    [InlineData("models/net.pth", UriKind.Relative)]
    [InlineData("ftp://example.org/net.pth", UriKind.Absolute)]
    [InlineData("file:///models/net.pth", UriKind.Absolute)]
    public void Url_ThatCannotBeFetched_IsRefused(string url, UriKind kind)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Published with { Url = new Uri(url, kind) });

        Assert.Contains(url, error.Message, StringComparison.Ordinal);
        Assert.Contains("https://", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateBuilder_OfOtherClasses_BuildsThatMany()
    {
        using VisionModel seven = VisionModel.FromPreset("squeezenet1_1", new PresetOptions { Classes = 7 }).InitializeWeights().Build();
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");
        try
        {
            seven.Weights.Save(path);

            using VisionModel model = (Published with { Classes = 7 }).CreateBuilder(path).Build();

            Assert.Equal(7, model.Labels.Count);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
