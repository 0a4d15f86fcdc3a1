namespace DeepVision.Preprocessing.Resampling;

/// <summary>The kernels of Pillow's antialiased resampling, as functions of the distance in source pixels before widening.</summary>
internal static class PillowFilter
{
    private const double CubicSlope = -0.5;

    /// <summary>The distance from the center beyond which the kernel is zero.</summary>
    public static double Support(Interpolation interpolation) => interpolation switch
    {
        Interpolation.BilinearAntialias => 1.0,
        Interpolation.BicubicAntialias => 2.0,
        Interpolation.LanczosAntialias => 3.0,
        _ => throw new ArgumentOutOfRangeException(nameof(interpolation), interpolation, "Not an antialiasing filter."),
    };

    public static double Evaluate(Interpolation interpolation, double x) => interpolation switch
    {
        Interpolation.BilinearAntialias => Triangle(Math.Abs(x)),
        Interpolation.BicubicAntialias => Cubic(Math.Abs(x)),
        _ => x is >= -3.0 and < 3.0 ? Sinc(x) * Sinc(x / 3) : 0.0,
    };

    private static double Triangle(double x) => x < 1.0 ? 1.0 - x : 0.0;

    // Keys' cubic. The order of operations decides the last bit and with it, rarely, a rounded weight.
    private static double Cubic(double x)
    {
        if (x < 1.0)
        {
            return (((CubicSlope + 2.0) * x) - (CubicSlope + 3.0)) * x * x + 1;
        }

        return x < 2.0 ? ((((x - 5) * x) + 8) * x - 4) * CubicSlope : 0.0;
    }

    private static double Sinc(double x) => x == 0.0 ? 1.0 : Math.Sin(x * Math.PI) / (x * Math.PI);
}
