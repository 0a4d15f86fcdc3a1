namespace DeepVision.Cpu.Kernels.Winograd;

/// <summary>The matrices of minimal filtering, from their interpolation points.</summary>
internal static class WinogradMatrices
{
    private const int KernelSize = 3;

    /// <summary>
    /// Kernel to points, a row for each point and one for infinity: (1, p, p^2) / product of (p - q) over the other points q.
    /// The input's matrix has the numerators of the interpolation in it, so that all divisions fall on the kernel.
    /// </summary>
    internal static double[] Kernel(ReadOnlySpan<double> points)
    {
        var matrix = new double[(points.Length + 1) * KernelSize];
        for (int row = 0; row < points.Length; row++)
        {
            double denominator = 1;
            for (int other = 0; other < points.Length; other++)
            {
                denominator *= other == row ? 1 : points[row] - points[other];
            }

            for (int power = 0; power < KernelSize; power++)
            {
                matrix[(row * KernelSize) + power] = Math.Pow(points[row], power) / denominator;
            }
        }

        matrix[^1] = 1;
        return matrix;
    }
}
