using DeepVision.Detections;
using DeepVision.Tensors;

namespace DeepVision.Tests.Detections;

public sealed class BoxCoderTests
{
    private static readonly Box Anchor = new(10, 20, 30, 60);

    [Fact]
    public void Decode_Zeros_IsAnchor() => Assert.Equal(Anchor, BoxCoder.Unweighted.Decode(Anchor, default));

    [Fact]
    public void Decode_ByHand()
    {
        // Center (20, 40) moves by a quarter of the width and half of the height; the width doubles.
        Box box = BoxCoder.Unweighted.Decode(Anchor, new BoxDelta(0.25f, 0.5f, MathF.Log(2f), 0f));

        Assert.Equal(5f, box.X1, 1e-4f);
        Assert.Equal(45f, box.X2, 1e-4f);
        Assert.Equal(40f, box.Y1);
        Assert.Equal(80f, box.Y2);
    }

    [Fact]
    public void Decode_HugeLogRatio_IsCutAtLimit()
    {
        Box box = BoxCoder.Unweighted.Decode(Anchor, new BoxDelta(0, 0, 100f, float.PositiveInfinity));

        Assert.Equal(20f * 62.5f, box.Width, 1e-2f);
        Assert.Equal(40f * 62.5f, box.Height, 1e-2f);
    }

    [Fact]
    public void Decode_NaN_StaysNaN()
    {
        Box box = BoxCoder.Unweighted.Decode(Anchor, new BoxDelta(float.NaN, 0, 0, 0));

        Assert.True(float.IsNaN(box.X1));
        Assert.Equal(20f, box.Y1);
    }

    [Fact]
    public void Encode_ThenDecode_GivesTargetBack()
    {
        var coder = new BoxCoder { WeightX = 10, WeightY = 10, WeightWidth = 5, WeightHeight = 5 };
        var random = new Random(2);
        for (int i = 0; i < 1000; i++)
        {
            Box anchor = RandomBox(random);
            Box target = RandomBox(random);

            Box back = coder.Decode(anchor, coder.Encode(target, anchor));

            // Coordinates up to 600 through a quotient, a logarithm and an exponential, each a few ulp of 2^-14.
            Assert.Equal(target.X1, back.X1, 2e-3f);
            Assert.Equal(target.Y1, back.Y1, 2e-3f);
            Assert.Equal(target.X2, back.X2, 2e-3f);
            Assert.Equal(target.Y2, back.Y2, 2e-3f);
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Settings_Impossible_Throw(float value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BoxCoder { WeightX = value });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BoxCoder { WeightHeight = value });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BoxCoder { MaxLogRatio = value });
    }

    private static Box RandomBox(Random random)
    {
        float x = random.NextSingle() * 400;
        float y = random.NextSingle() * 400;
        return new Box(x, y, x + 5 + (random.NextSingle() * 195), y + 5 + (random.NextSingle() * 195));
    }
}
