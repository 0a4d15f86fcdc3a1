using DeepVision.Tensors;

namespace DeepVision.Tests.Torch;

/// <summary>How far two tensors are apart.</summary>
internal static class Agreement
{
    /// <summary>Requires the largest difference to be within a share of the expected tensor's largest magnitude.</summary>
    internal static void AssertClose(HostTensor expected, HostTensor found, double tolerance, string what)
    {
        Assert.Equal(expected.Shape, found.Shape);
        double largest = 0;
        double worst = -1;
        int at = 0;
        for (int i = 0; i < expected.Values.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected.Values[i]));
            double error = Math.Abs((double)expected.Values[i] - found.Values[i]);
            error = double.IsNaN(error) ? double.PositiveInfinity : error;
            if (error > worst)
            {
                (worst, at) = (error, i);
            }
        }

        Assert.True(largest > 0, $"{what}: every expected value is 0.");
        Assert.True(
            worst <= tolerance * largest,
            $"{what} {expected.Shape}: worst at element {at}: expected {expected.Values[at]:R}, found {found.Values[at]:R}; "
            + $"{worst / largest:E2} of the largest value {largest:G4}, at most {tolerance:E1} is allowed.");
    }
}
