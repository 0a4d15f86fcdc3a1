namespace DeepVision.FashionScenes.Tests;

public sealed class SceneTruthTests
{
    [Fact]
    public void Measure_CoveredArticle_BoxesWhatIsVisible()
    {
        int[] owner =
        [
            0, 1, 1, 0,
            0, 1, 2, 2,
            0, 0, 2, 2,
            0, 0, 0, 0,
        ];

        List<SceneObject> objects = SceneTruth.Measure(owner, side: 4, labels: [5, 6, 7], totals: [4, 4, 9]);

        Assert.Equal(2, objects.Count); // the third article is wholly covered
        Assert.Equal(
            new SceneObject { Label = 5, Left = 1, Top = 0, Right = 3, Bottom = 2, VisiblePixels = 3, TotalPixels = 4 }, objects[0]);
        Assert.Equal(
            new SceneObject { Label = 6, Left = 2, Top = 1, Right = 4, Bottom = 3, VisiblePixels = 4, TotalPixels = 4 }, objects[1]);
    }

    [Theory]
    [InlineData(29, 100, true)]
    [InlineData(30, 100, false)]
    [InlineData(3, 10, false)]
    [InlineData(299, 1000, true)]
    public void Ignored_AroundThirtyPercent_IsExact(int visible, int total, bool expected)
    {
        var thing = new SceneObject { Label = 0, Left = 0, Top = 0, Right = 1, Bottom = 1, VisiblePixels = visible, TotalPixels = total };

        Assert.Equal(expected, thing.Ignored);
    }
}
