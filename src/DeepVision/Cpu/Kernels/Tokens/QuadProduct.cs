using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Cpu.Kernels.Tokens;

/// <summary>
/// The small matrix product of attention: four rows times two vectors of columns, 8 sums, 2 vectors and 1 broadcast value in
/// registers, which every instruction set has. Each sum is one chain over the depth in order.
/// </summary>
internal static unsafe class QuadProduct<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    /// <summary>Rows of a call.</summary>
    internal const int Rows = 4;

    /// <summary>Adds a run of the depth to the sums.</summary>
    /// <param name="left">The first row's first value.</param>
    /// <param name="rowStride">Floats from one row to the next.</param>
    /// <param name="depthStride">Floats from one value of a row to the next.</param>
    /// <param name="right">The first vector of columns at the first depth.</param>
    /// <param name="rightSecond">Floats from it to the second vector of columns.</param>
    /// <param name="rightStride">Floats from one depth to the next.</param>
    /// <param name="depth">How many products each sum gets.</param>
    /// <param name="sums">Rows times two vectors, read and written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add(
        float* left, nint rowStride, nint depthStride, float* right, nint rightSecond, nint rightStride, int depth, float* sums)
    {
        TVector a0 = TOps.Load(sums), b0 = TOps.Load(sums + TOps.Width);
        TVector a1 = TOps.Load(sums + (2 * TOps.Width)), b1 = TOps.Load(sums + (3 * TOps.Width));
        TVector a2 = TOps.Load(sums + (4 * TOps.Width)), b2 = TOps.Load(sums + (5 * TOps.Width));
        TVector a3 = TOps.Load(sums + (6 * TOps.Width)), b3 = TOps.Load(sums + (7 * TOps.Width));
        for (int k = 0; k < depth; k++)
        {
            TVector u = TOps.Load(right);
            TVector v = TOps.Load(right + rightSecond);
            TVector value = TOps.Broadcast(*left);
            a0 = TOps.MultiplyAdd(value, u, a0);
            b0 = TOps.MultiplyAdd(value, v, b0);
            value = TOps.Broadcast(*(left + rowStride));
            a1 = TOps.MultiplyAdd(value, u, a1);
            b1 = TOps.MultiplyAdd(value, v, b1);
            value = TOps.Broadcast(*(left + (2 * rowStride)));
            a2 = TOps.MultiplyAdd(value, u, a2);
            b2 = TOps.MultiplyAdd(value, v, b2);
            value = TOps.Broadcast(*(left + (3 * rowStride)));
            a3 = TOps.MultiplyAdd(value, u, a3);
            b3 = TOps.MultiplyAdd(value, v, b3);
            left += depthStride;
            right += rightStride;
        }

        TOps.Store(sums, a0);
        TOps.Store(sums + TOps.Width, b0);
        TOps.Store(sums + (2 * TOps.Width), a1);
        TOps.Store(sums + (3 * TOps.Width), b1);
        TOps.Store(sums + (4 * TOps.Width), a2);
        TOps.Store(sums + (5 * TOps.Width), b2);
        TOps.Store(sums + (6 * TOps.Width), a3);
        TOps.Store(sums + (7 * TOps.Width), b3);
    }
}
