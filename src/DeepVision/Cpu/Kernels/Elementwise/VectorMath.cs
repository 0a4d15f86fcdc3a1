using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Cpu.Kernels.Elementwise;

/// <summary>Functions that the instruction sets lack, as polynomials. NaN gives NaN.</summary>
internal static class VectorMath<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    /// <summary>e^x by a polynomial of degree 7 on [-ln 2 / 2, ln 2 / 2]; 0 from -104 down, infinity where float32 ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Exp(TVector x)
    {
        // x = n * ln 2 + r with |r| <= ln 2 / 2; ln 2 in two parts so that r is exact. 2^n in two factors, since n reaches 128.
        TVector bounded = TOps.Min(TOps.Max(x, TOps.Broadcast(-104f)), TOps.Broadcast(89f));
        TVector n = TOps.Round(TOps.Multiply(bounded, TOps.Broadcast(1.44269504f)));
        TVector r = TOps.MultiplyAdd(n, TOps.Broadcast(-0.693359375f), bounded);
        r = TOps.MultiplyAdd(n, TOps.Broadcast(2.12194440e-4f), r);
        TVector p = TOps.Broadcast(1f / 5040);
        p = TOps.MultiplyAdd(p, r, TOps.Broadcast(1f / 720));
        p = TOps.MultiplyAdd(p, r, TOps.Broadcast(1f / 120));
        p = TOps.MultiplyAdd(p, r, TOps.Broadcast(1f / 24));
        p = TOps.MultiplyAdd(p, r, TOps.Broadcast(1f / 6));
        p = TOps.MultiplyAdd(p, r, TOps.Broadcast(0.5f));
        p = TOps.MultiplyAdd(p, r, TOps.Broadcast(1f));
        p = TOps.MultiplyAdd(p, r, TOps.Broadcast(1f));
        TVector half = TOps.Round(TOps.Multiply(n, TOps.Broadcast(0.5f)));
        return TOps.ScaleByPowerOfTwo(TOps.ScaleByPowerOfTwo(p, half), TOps.Subtract(n, half));
    }

    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Sigmoid(TVector x)
    {
        TVector one = TOps.Broadcast(1f);
        return TOps.Divide(one, TOps.Add(one, Exp(TOps.Subtract(TOps.Zero, x))));
    }

    /// <summary>(e^2x - 1) / (e^2x + 1) away from 0, the odd Taylor polynomial near it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Tanh(TVector x)
    {
        TVector one = TOps.Broadcast(1f);
        TVector size = TOps.Abs(x);
        TVector e = Exp(TOps.Multiply(TOps.Min(size, TOps.Broadcast(20f)), TOps.Broadcast(2f)));
        TVector far = TOps.Subtract(one, TOps.Divide(TOps.Broadcast(2f), TOps.Add(e, one)));
        far = TOps.SelectLess(x, TOps.Zero, TOps.Subtract(TOps.Zero, far), far);

        TVector square = TOps.Multiply(x, x);
        TVector p = TOps.Broadcast(62f / 2835);
        p = TOps.MultiplyAdd(p, square, TOps.Broadcast(-17f / 315));
        p = TOps.MultiplyAdd(p, square, TOps.Broadcast(2f / 15));
        p = TOps.MultiplyAdd(p, square, TOps.Broadcast(-1f / 3));
        TVector near = TOps.MultiplyAdd(TOps.Multiply(p, square), x, x);
        return TOps.SelectLess(size, TOps.Broadcast(0.25f), near, far);
    }

    /// <summary>The error function: Abramowitz and Stegun 7.1.26 (1.5e-7 absolute before rounding), the Maclaurin series near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Erf(TVector x)
    {
        TVector one = TOps.Broadcast(1f);
        TVector size = TOps.Abs(x);
        TVector t = TOps.Divide(one, TOps.MultiplyAdd(size, TOps.Broadcast(0.3275911f), one));
        TVector p = TOps.Broadcast(1.061405429f);
        p = TOps.MultiplyAdd(p, t, TOps.Broadcast(-1.453152027f));
        p = TOps.MultiplyAdd(p, t, TOps.Broadcast(1.421413741f));
        p = TOps.MultiplyAdd(p, t, TOps.Broadcast(-0.284496736f));
        p = TOps.MultiplyAdd(p, t, TOps.Broadcast(0.254829592f));
        TVector tail = TOps.Multiply(TOps.Multiply(p, t), Exp(TOps.Subtract(TOps.Zero, TOps.Multiply(x, x))));
        TVector far = TOps.Subtract(one, tail);
        far = TOps.SelectLess(x, TOps.Zero, TOps.Subtract(TOps.Zero, far), far);

        TVector square = TOps.Multiply(x, x);
        TVector s = TOps.Broadcast(-1f / 1320);
        s = TOps.MultiplyAdd(s, square, TOps.Broadcast(1f / 216));
        s = TOps.MultiplyAdd(s, square, TOps.Broadcast(-1f / 42));
        s = TOps.MultiplyAdd(s, square, TOps.Broadcast(0.1f));
        s = TOps.MultiplyAdd(s, square, TOps.Broadcast(-1f / 3));
        s = TOps.MultiplyAdd(s, square, one);
        TVector near = TOps.Multiply(TOps.Multiply(s, x), TOps.Broadcast(1.12837917f));
        return TOps.SelectLess(size, TOps.Broadcast(0.5f), near, far);
    }
}
