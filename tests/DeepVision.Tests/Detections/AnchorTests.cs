using DeepVision.Detections;
using DeepVision.Tensors;

namespace DeepVision.Tests.Detections;

public sealed class AnchorTests
{
    [Fact]
    public void RetinaNet_Sizes_AreCutToWholePixels()
    {
        Assert.Equal([32f, 40f, 50f], AnchorSpec.RetinaNet.Levels[0].Sizes);
        Assert.Equal([512f, 645f, 812f], AnchorSpec.RetinaNet.Levels[4].Sizes);
        Assert.All(AnchorSpec.RetinaNet.Levels, level => Assert.Equal(9, level.AnchorsPerLocation));
    }

    [Fact]
    public void BaseAnchors_OfFirstRetinaNetLevel_AreTorchvisions()
    {
        // torchvision 0.14.1, _default_anchorgen().cell_anchors[0].
        Box[] expected =
        [
            new(-23, -11, 23, 11), new(-28, -14, 28, 14), new(-35, -18, 35, 18),
            new(-16, -16, 16, 16), new(-20, -20, 20, 20), new(-25, -25, 25, 25),
            new(-11, -23, 11, 23), new(-14, -28, 14, 28), new(-18, -35, 18, 35),
        ];

        Assert.Equal(expected, AnchorSpec.RetinaNet.Levels[0].BaseAnchors());
    }

    [Fact]
    public void BaseAnchors_Halves_GoToEven()
    {
        var level = new AnchorLevelSpec { Sizes = [5, 7, 9], AspectRatios = [1] };

        Assert.Equal([new Box(-2, -2, 2, 2), new Box(-4, -4, 4, 4), new Box(-4, -4, 4, 4)], level.BaseAnchors());
    }

    [Fact]
    public void Grid_RunsOverColumnsThenRowsWithAnchorsInnermost()
    {
        var level = new AnchorLevelSpec { Sizes = [8, 16], AspectRatios = [1] };
        var grid = new AnchorGrid(level, map: new(3, 4), padded: new(97, 64));

        Assert.Equal(24, grid.Count);
        Assert.Equal(32, grid.StrideY);
        Assert.Equal(16, grid.StrideX);
        Assert.Equal(new Box(-4, -4, 4, 4), grid[0]);
        Assert.Equal(new Box(-8, -8, 8, 8), grid[1]);
        Assert.Equal(new Box(12, -4, 20, 4), grid[2]);
        Assert.Equal(new Box((2 * 16) - 8, 32 - 8, (2 * 16) + 8, 32 + 8), grid[(((1 * 4) + 2) * 2) + 1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => grid[24]);
        Assert.Throws<ArgumentOutOfRangeException>(() => grid[-1]);
    }

    [Fact]
    public void Grid_TooManyAnchors_Throws() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new AnchorGrid(AnchorSpec.RetinaNet.Levels[0], map: new(20_000, 20_000), padded: new(160_000, 160_000)));

    [Fact]
    public void Grid_EmptyMapOrInput_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnchorGrid(AnchorSpec.RetinaNet.Levels[0], new(0, 4), new(64, 64)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnchorGrid(AnchorSpec.RetinaNet.Levels[0], new(4, 4), new(64, -1)));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Level_ImpossibleNumber_Throws(float value)
    {
        Assert.Throws<ArgumentException>(() => new AnchorLevelSpec { Sizes = [value], AspectRatios = [1] });
        Assert.Throws<ArgumentException>(() => new AnchorLevelSpec { Sizes = [32], AspectRatios = [1, value] });
    }

    [Fact]
    public void Specs_Empty_Throw()
    {
        Assert.Throws<ArgumentException>(() => new AnchorLevelSpec { Sizes = [], AspectRatios = [1] });
        Assert.Throws<ArgumentException>(() => new AnchorSpec { Levels = [] });
    }

    [Fact]
    public void Equals_SameNumbers_IsTrue()
    {
        var copy = new AnchorSpec { Levels = [.. AnchorSpec.RetinaNet.Levels.Select(l => l with { Sizes = [.. l.Sizes] })] };

        Assert.Equal(AnchorSpec.RetinaNet, copy);
        Assert.Equal(AnchorSpec.RetinaNet.GetHashCode(), copy.GetHashCode());
        Assert.NotEqual(AnchorSpec.RetinaNet, copy with { Levels = [copy.Levels[0]] });
    }
}
