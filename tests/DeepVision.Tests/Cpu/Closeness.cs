namespace DeepVision.Tests.Cpu;

/// <summary>Compares results with an oracle by the largest difference over the largest value.</summary>
internal static class Closeness
{
    /// <summary>
    /// For sums of a few thousand float32 products in one chain against double precision, over the largest output.
    /// </summary>
    internal const double DirectSums = 1e-5;

    internal static void AssertClose(float[] expected, float[] found, double tolerance, string what)
    {
        Assert.Equal(expected.Length, found.Length);
        double scale = expected.Where(float.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        double worst = 0;
        int at = -1;
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = expected[i].Equals(found[i]);
            double error = same ? 0 : Math.Abs((double)expected[i] - found[i]) / Math.Max(scale, 1e-30);
            if (double.IsNaN(error) || error > worst)
            {
                (worst, at) = (double.IsNaN(error) ? double.PositiveInfinity : error, i);
            }
        }

        Assert.True(
            worst <= tolerance,
            at < 0 ? what : $"{what}: at {at} expected {expected[at]}, found {found[at]}; error {worst:g3} of the largest value {scale:g4}, allowed {tolerance:g3}.");
    }
}
