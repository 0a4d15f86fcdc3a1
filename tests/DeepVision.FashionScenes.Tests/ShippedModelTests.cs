using DeepVision.Weights;
using DeepVision.Zoo;

namespace DeepVision.FashionScenes.Tests;

public sealed class ShippedModelTests
{
    private const long MostBytes = 16 << 20;
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "models");

    public static TheoryData<string> Models =>
        [.. Directory.GetFiles(s_folder, "manifest.json", SearchOption.AllDirectories).Select(file => Path.GetFileName(Path.GetDirectoryName(file))!)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Build_ShippedManifest_LoadsEveryKey(string name)
    {
        ModelManifest manifest = ModelManifest.Load(Path.Combine(s_folder, name));

        using VisionModel model = manifest.CreateBuilder().Build();

        WeightReport report = Assert.Single(model.Weights.Reports);
        Assert.True(report.IsExact, report.ToString());
        Assert.Empty(report.Unused);
        Assert.Equal(name, model.Name);
        Assert.Equal(FashionArticles.Classes, model.Labels);
        Assert.Equal("MIT", manifest.License);
    }

    [Fact]
    public void Models_Together_StayBelow16Megabytes() =>
        Assert.InRange(Directory.GetFiles(s_folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length), 1, MostBytes);
}
