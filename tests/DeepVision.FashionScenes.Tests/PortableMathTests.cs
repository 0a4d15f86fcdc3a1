namespace DeepVision.FashionScenes.Tests;

public sealed class PortableMathTests
{
    private const double Tolerance = 4e-15; // a few units in the last place of values up to 8

    [Fact]
    public void Exp_OverItsRange_AgreesWithThePlatform()
    {
        for (double x = -2; x <= 2; x += 1.0 / 64)
        {
            Assert.Equal(Math.Exp(x), PortableMath.Exp(x), Tolerance);
        }
    }

    [Fact]
    public void SinCos_OverItsRange_AgreesWithThePlatform()
    {
        for (double x = -1; x <= 1; x += 1.0 / 64)
        {
            (double sin, double cos) = PortableMath.SinCos(x);
            Assert.Equal(Math.Sin(x), sin, Tolerance);
            Assert.Equal(Math.Cos(x), cos, Tolerance);
        }
    }

    [Theory]
    [InlineData(0.25, 0.25)]
    [InlineData(3.75, 0.75)]
    [InlineData(-0.25, 0.75)]
    [InlineData(-2, 0)]
    public void Fraction_AnySign_IsThePartAfterTheFloor(double value, double expected) =>
        Assert.Equal(expected, PortableMath.Fraction(value));
}
