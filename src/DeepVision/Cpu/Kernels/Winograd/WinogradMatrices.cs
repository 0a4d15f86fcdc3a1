namespace DeepVision.Cpu.Kernels.Winograd;

/// <summary>The matrices of minimal filtering, from their interpolation points.</summary>
internal static class WinogradMatrices
{
    /// <summary>The finite points of F(4,3) other than zero: plus and minus this one and <see cref="OuterPoint"/>.</summary>
    internal const float InnerPoint = 0.75f;

    /// <inheritdoc cref="InnerPoint"/>
    internal const float OuterPoint = 1.5f;

    private const int KernelSize = 3;
    private static readonly double[] _kernel2 = Kernel([0, 1, -1]);
    private static readonly double[] _kernel4 = Kernel([0, InnerPoint, -InnerPoint, OuterPoint, -OuterPoint]);

    /// <summary>Kernel to points for an output tile of 2 or 4 pixels: (tile + 2) x 3 in row-major order.</summary>
    internal static double[] OfKernel(int tile) => tile == 4 ? _kernel4 : _kernel2;

    /// <summary>
    /// Kernel to points, a row for each point and one for infinity: (1, p, p^2) / product of (p - q) over the other points q.
    /// The input's matrix has the numerators of the interpolation in it, so that all divisions fall on the kernel.
    /// </summary>
    private static double[] Kernel(ReadOnlySpan<double> points)
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
