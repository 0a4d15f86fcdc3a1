namespace DeepVision.FashionScenes;

/// <summary>
/// Elementary functions from + - * / alone. <see cref="Math"/>'s depend on the platform's C library; these give the same
/// bits everywhere, because each of the four operations is rounded as IEEE 754 says.
/// </summary>
internal static class PortableMath
{
    /// <summary>e^x by its power series; good to a few units in the last place for |x| of at most 2.</summary>
    public static double Exp(double x)
    {
        double sum = 1;
        for (int n = 30; n >= 1; n--)
        {
            sum = 1 + (x * sum / n);
        }

        return sum;
    }

    /// <summary>Sine and cosine by their power series, for angles in radians of at most 1 in size.</summary>
    public static (double Sin, double Cos) SinCos(double x)
    {
        double square = x * x, sin = 1, cos = 1;
        for (int n = 20; n >= 2; n -= 2)
        {
            cos = 1 - (square * cos / (n * (n - 1)));
            sin = 1 - (square * sin / (n * (n + 1)));
        }

        return (x * sin, cos);
    }

    /// <summary>A direction of length 1 (up to rounding), from the half circle's rational parametrisation; t in [-1, 1].</summary>
    public static (double X, double Y) Direction(double t)
    {
        double square = t * t;
        return ((1 - square) / (1 + square), 2 * t / (1 + square));
    }

    /// <summary>The part after the point, in [0, 1), also for negative numbers of moderate size.</summary>
    public static double Fraction(double value)
    {
        double whole = (long)value;
        double rest = value - whole;
        return rest < 0 ? rest + 1 : rest;
    }
}
