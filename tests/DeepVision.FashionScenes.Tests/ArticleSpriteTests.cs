namespace DeepVision.FashionScenes.Tests;

public sealed class ArticleSpriteTests
{
    private readonly ArticleSprite _sprite = new(SyntheticArticles.Create().GetPixels(6)); // columns 6 to 21, print in the middle

    [Fact]
    public void Sample_Background_IsTransparent() => Assert.Equal((0, 0), _sprite.Sample(3, 14));

    [Fact]
    public void Sample_DarkPrintInside_IsSolid() => Assert.Equal((1, 0), _sprite.Sample(13, 13));

    [Fact]
    public void Sample_Rim_FadesWithoutDarkening()
    {
        (double coverage, double gray) = _sprite.Sample(5.75, 4);

        Assert.Equal(0.75, coverage);
        Assert.Equal(134, gray);
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(28, 5)]
    [InlineData(10, -1)]
    [InlineData(10, 1000)]
    public void Sample_Outside_IsTransparent(double x, double y) => Assert.Equal((0, 0), _sprite.Sample(x, y));
}
