using System.Globalization;
using DeepVision.Tensors;

namespace DeepVision.Tests.Tensors;

public sealed class BoxTests
{
    [Fact]
    public void Sides_FarEdgesAreExclusive()
    {
        var box = new Box(10, 20, 14, 27);

        Assert.Equal(4f, box.Width);
        Assert.Equal(7f, box.Height);
        Assert.Equal(28f, box.Area);
    }

    [Fact]
    public void Area_SwappedCorners_IsZero() => Assert.Equal(0f, new Box(10, 10, 0, 0).Area);

    [Fact]
    public void Intersect_Overlapping_IsCommonPart() =>
        Assert.Equal(new Box(5, 2, 10, 8), new Box(0, 0, 10, 8).Intersect(new Box(5, 2, 20, 20)));

    [Fact]
    public void Intersect_TouchingEdges_IsEmpty() => Assert.Equal(default, new Box(0, 0, 10, 10).Intersect(new Box(10, 0, 20, 10)));

    [Fact]
    public void IoU_HalfShifted_IsOneThird() => Assert.Equal(1f / 3f, new Box(0, 0, 10, 10).IoU(new Box(5, 0, 15, 10)), 1e-7f);

    [Fact]
    public void IoU_Self_IsOne() => Assert.Equal(1f, new Box(3.25f, 4.5f, 100, 200).IoU(new Box(3.25f, 4.5f, 100, 200)));

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(5, 5, 5, 9)]
    [InlineData(9, 9, 1, 1)]
    [InlineData(float.NaN, 0, 10, 10)]
    public void IoU_WithoutArea_IsZero(float x1, float y1, float x2, float y2)
    {
        var odd = new Box(x1, y1, x2, y2);

        Assert.Equal(0f, odd.IoU(new Box(0, 0, 10, 10)));
        Assert.Equal(0f, odd.IoU(odd));
    }

    [Fact]
    public void IoU_ManyPairs_IsSymmetricAndBetweenZeroAndOne()
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            Box a = RandomBox(random);
            Box b = RandomBox(random);

            Assert.Equal(a.IoU(b), b.IoU(a));
            Assert.InRange(a.IoU(b), 0f, 1f);
        }
    }

    [Fact]
    public void Clip_ReachingOut_EndsAtImage() => Assert.Equal(new Box(0, 3, 64, 48), new Box(-5, 3, 70, 99).Clip(64, 48));

    [Fact]
    public void Clip_WhollyOutside_HasNoArea() => Assert.Equal(new Box(64, 10, 64, 20), new Box(70, 10, 90, 20).Clip(64, 48));

    [Fact]
    public void Clip_NaN_Stays() => Assert.True(float.IsNaN(new Box(float.NaN, 0, 1, 1).Clip(64, 48).X1));

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public void Clip_ImpossibleSize_Throws(float side)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Box).Clip(side, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Box).Clip(1, side));
    }

    [Fact]
    public void ToString_InCultureWithComma_UsesPoint()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(string.Empty) { NumberFormat = { NumberDecimalSeparator = "," } };

            Assert.Equal("(12, 34.5)-(56, 78)", new Box(12, 34.5f, 56, 78).ToString());
            Assert.Equal("person 0.93 at (12, 34)-(56, 78)", new Detection(new Box(12, 34, 56, 78), 1, "person", 0.934f).ToString());
            Assert.Equal("tabby 0.8412", new Classification(281, "tabby", 0.84121f).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static Box RandomBox(Random random)
    {
        float x = random.NextSingle() * 50;
        float y = random.NextSingle() * 50;
        return new Box(x, y, x + (random.NextSingle() * 40), y + (random.NextSingle() * 40));
    }
}
