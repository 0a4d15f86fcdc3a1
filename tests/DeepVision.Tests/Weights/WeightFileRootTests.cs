using DeepVision.Weights;

namespace DeepVision.Tests.Weights;

public sealed class WeightFileRootTests
{
    [Theory]
    [InlineData("checkpoint-zip.pth")]
    [InlineData("checkpoint-legacy.pth")]
    public void Open_TrainersCheckpoint_ChoosesStateDictAndReportsTheOther(string name)
    {
        using WeightFile file = WeightFile.Open(Fixture.PathOf(name));

        Assert.Equal("state_dict", file.Root);
        Assert.Equal(["ema"], file.OtherRoots);
        Assert.Equal("module.", file.RemovedPrefix);
        Assert.Equal(6, file.Tensors.Count);
        Assert.Equal(2, file.ModuleVersions["bn"]);
    }

    [Fact]
    public void Open_WithRoot_ReadsThatDictionary()
    {
        using WeightFile file = WeightFile.Open(Fixture.PathOf("checkpoint-zip.pth"), new WeightFileOptions { Root = "ema" });

        Assert.Equal(Fixture.Values(5, 4), Fixture.Read(Assert.Single(file.Tensors).Value));
    }

    [Fact]
    public void Open_WithUnknownRoot_ListsWhatIsThere()
    {
        WeightsException exception = Assert.Throws<WeightsException>(
            () => WeightFile.Open(Fixture.PathOf("checkpoint-zip.pth"), new WeightFileOptions { Root = "modle" }));

        Assert.Contains("'modle'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'state_dict', 'ema'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SeveralCandidatesWithoutUsualName_ListsThem()
    {
        WeightsException exception = Assert.Throws<WeightsException>(() => WeightFile.Open(Fixture.PathOf("ambiguous-zip.pth")));

        Assert.Contains("'generator', 'discriminator'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("WeightFileOptions.Root", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", new[] { "generator.weight", "discriminator.weight", "discriminator.inner.bias" })]
    [InlineData("discriminator", new[] { "weight", "inner.bias" })]
    [InlineData("discriminator.inner", new[] { "bias" })]
    public void Open_NestedDictionaries_GiveDottedKeys(string root, string[] keys)
    {
        using WeightFile file = WeightFile.Open(Fixture.PathOf("ambiguous-legacy.pth"), new WeightFileOptions { Root = root });

        Assert.Equal(keys, file.Tensors.Keys);
    }
}
