using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Cpu.Kernels.Grouped;

/// <summary>Brings lanes of input blocks to where the outputs need them.</summary>
internal static unsafe class LaneFill<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    /// <summary>Fills four planes, each of one piece, that read the same two blocks.</summary>
    /// <param name="left">The first block's first pixel.</param>
    /// <param name="right">The second block's.</param>
    /// <param name="step">Floats from one pixel to the next.</param>
    /// <param name="ahead">Floats to what is needed soon, asked for meanwhile.</param>
    /// <param name="target">The first plane.</param>
    /// <param name="planeStride">Floats from one plane to the next.</param>
    /// <param name="floats">Of a plane.</param>
    /// <param name="control0">The order of lanes of the first plane and which of them are not zero.</param>
    /// <param name="control1">Of the second.</param>
    /// <param name="control2">Of the third.</param>
    /// <param name="control3">Of the fourth.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Four(
        float* left,
        float* right,
        nint step,
        nint ahead,
        float* target,
        nint planeStride,
        nint floats,
        float* control0,
        float* control1,
        float* control2,
        float* control3)
    {
        // Each of the four is one piece, so all have every lane that has a channel.
        TVector mask = TOps.Load(control0 + TOps.Width);
        TVector order0 = TOps.Load(control0);
        TVector order1 = TOps.Load(control1);
        TVector order2 = TOps.Load(control2);
        TVector order3 = TOps.Load(control3);
        float* end = target + floats;
        float* far = target + (3 * planeStride);
        for (; target < end; target += TOps.Width)
        {
            TOps.Prefetch(left + ahead);
            TVector a = TOps.Load(left);
            TVector b = TOps.Load(right);
            TOps.Store(target, TOps.And(TOps.Permute(a, b, order0), mask));
            TOps.Store(target + planeStride, TOps.And(TOps.Permute(a, b, order1), mask));
            TOps.Store(target + (2 * planeStride), TOps.And(TOps.Permute(a, b, order2), mask));
            TOps.Store(far, TOps.And(TOps.Permute(a, b, order3), mask));
            far += TOps.Width;
            left += step;
            right += step;
        }
    }

    /// <summary>Fills one plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void One(float* left, float* right, nint step, nint ahead, float* target, nint floats, float* control)
    {
        TVector order = TOps.Load(control);
        TVector mask = TOps.Load(control + TOps.Width);
        for (nint i = 0; i < floats; i += TOps.Width)
        {
            TOps.Prefetch(left + ahead);
            TOps.Store(target + i, TOps.And(TOps.Permute(TOps.Load(left), TOps.Load(right), order), mask));
            left += step;
            right += step;
        }
    }

    /// <summary>The lanes that other blocks have left zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add(float* left, float* right, nint step, float* target, nint floats, float* control)
    {
        TVector order = TOps.Load(control);
        TVector mask = TOps.Load(control + TOps.Width);
        for (nint i = 0; i < floats; i += TOps.Width)
        {
            TVector lanes = TOps.And(TOps.Permute(TOps.Load(left), TOps.Load(right), order), mask);
            TOps.Store(target + i, TOps.Or(TOps.Load(target + i), lanes));
            left += step;
            right += step;
        }
    }
}
