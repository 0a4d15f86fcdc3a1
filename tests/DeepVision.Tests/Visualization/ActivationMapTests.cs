using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Visualization;

namespace DeepVision.Tests.Visualization;

public sealed class ActivationMapTests
{
    [Fact]
    public void Values_AnyScores_LieBetween0And1WithTheLargestAt1()
    {
        ActivationMap map = Map([-2, 0, 4, 8, float.NaN, 2], 3, 2, Whole(6, 4));

        Assert.Equal([0, 0, 0.5f, 1, 0, 0.25f], map.Values.ToArray());
    }

    [Theory]
    [InlineData(0f, -1f, 0f, 0f)]
    [InlineData(float.NaN, float.NegativeInfinity, 0f, 0f)]
    [InlineData(3f, float.PositiveInfinity, 0f, 1f)]
    public void Values_NothingOrTooMuch_AreFinite(float first, float second, float expectedFirst, float expectedSecond) =>
        Assert.Equal([expectedFirst, expectedSecond], Map([first, second], 2, 1, Whole(4, 2)).Values.ToArray());

    [Fact]
    public void ToSource_WholeImage_IsBilinearBetweenTheMiddlesOfCells()
    {
        // Two cells over four pixels: their middles are at 1 and 3, the pixels' at 0.5, 1.5, 2.5, 3.5.
        float[] values = Map([0, 1], 2, 1, Whole(4, 2)).ToSource();

        Assert.Equal([0, 0.25f, 0.75f, 1, 0, 0.25f, 0.75f, 1], values);
    }

    [Fact]
    public void ToSource_CenterCrop_LeavesTheBorderAtZero()
    {
        var preprocessing = new ImagePreprocessing { CenterCrop = ImageSize.Square(4) };

        float[] values = Map([1], 1, 1, preprocessing.Plan(8, 4)).ToSource();

        Assert.Equal([0, 0, 1, 1, 1, 1, 0, 0], values[..8]);
    }

    [Fact]
    public void ToSource_PaddedTensor_TakesOnlyTheCellsUnderTheImage()
    {
        // 4 x 4 pixels in a tensor of 8 x 8: the image lies under the upper left quarter of the grid.
        var preprocessing = new ImagePreprocessing { SizeDivisor = 8 };

        float[] values = Map([0.5f, 0, 0, 1], 2, 2, preprocessing.Plan(4, 4)).ToSource();

        Assert.Equal(0.5f, values[0]);
        Assert.True(values[^1] < 0.5f, $"{values[^1]} at the lower right");
    }

    [Fact]
    public void Constructor_WrongNumberOfScores_SaysBoth()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Map([1, 2, 3], 2, 2, Whole(4, 4)));

        Assert.Contains("2 x 2 has 4 scores; found 3", error.Message, StringComparison.Ordinal);
    }

    private static ActivationMap Map(float[] scores, int width, int height, PreparedGeometry geometry) => new(scores, width, height, geometry);

    private static PreparedGeometry Whole(int width, int height) => new ImagePreprocessing().Plan(width, height);
}
