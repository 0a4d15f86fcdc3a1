using DeepVision.Preprocessing;

namespace DeepVision.Tests.Preprocessing;

public sealed class RgbImageTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 5)]
    [InlineData(100_000, 1)]
    [InlineData(1, 100_000)]
    [InlineData(60_000, 60_000)]
    public void Constructor_SideOrSizeOutOfRange_ThrowsBeforeAllocating(int width, int height)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<ArgumentOutOfRangeException>(() => new RgbImage(width, height));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Constructor_WrongNumberOfBytes_SaysBoth()
    {
        var exception = Assert.Throws<ArgumentException>(() => new RgbImage(4, 2, new byte[23]));

        Assert.Contains("24", exception.Message, StringComparison.Ordinal);
        Assert.Contains("23", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Row_OutsideTheImage_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new RgbImage(4, 2).Row(2).Length);

    [Fact]
    public void Row_IsAWindowOnThePixels()
    {
        var image = new RgbImage(4, 2);
        image.Row(1)[0] = 7;

        Assert.Equal(7, image.Pixels[12]);
    }

    [Fact]
    public void Clone_HasPixelsOfItsOwn()
    {
        var image = new RgbImage(1, 1);
        image.Clone().Pixels[0] = 9;

        Assert.Equal(0, image.Pixels[0]);
    }
}
