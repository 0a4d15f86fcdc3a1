using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Tiles;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Cpu.Kernels.Depthwise;

/// <summary>
/// Neighboring output pixels of a depthwise convolution of 3 x 3: sums and a row of weights stay in registers, and every input is
/// loaded once for all sums that it belongs to. Taps are added in the order of the kernel, as <see cref="DepthwiseStrip{TOps, TVector, TEpilogue}"/> does.
/// </summary>
internal static unsafe class DepthwiseStrip3<TOps, TVector, TEpilogue>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
    where TEpilogue : struct, ITileEpilogue<TVector>
{
    /// <summary>Eight pixels with stride 1: each input is loaded once for a row of the kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void EightStride1(DepthwiseCall* call)
    {
        TVector a0 = TOps.Load(call->Bias);
        TVector a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        float* w = call->Weights;
        for (nint row = 0; row < 3; row++)
        {
            float* x = call->Rows[row] + call->Offset;
            TVector w0 = TOps.Load(w);
            TVector w1 = TOps.Load(w + TOps.Width);
            TVector w2 = TOps.Load(w + (2 * TOps.Width));
            w += 3 * TOps.Width;
            TVector value;
            value = TOps.Load(x);
            a0 = TOps.MultiplyAdd(value, w0, a0);
            value = TOps.Load(x + TOps.Width);
            a0 = TOps.MultiplyAdd(value, w1, a0);
            a1 = TOps.MultiplyAdd(value, w0, a1);
            value = TOps.Load(x + (2 * TOps.Width));
            a0 = TOps.MultiplyAdd(value, w2, a0);
            a1 = TOps.MultiplyAdd(value, w1, a1);
            a2 = TOps.MultiplyAdd(value, w0, a2);
            value = TOps.Load(x + (3 * TOps.Width));
            a1 = TOps.MultiplyAdd(value, w2, a1);
            a2 = TOps.MultiplyAdd(value, w1, a2);
            a3 = TOps.MultiplyAdd(value, w0, a3);
            value = TOps.Load(x + (4 * TOps.Width));
            a2 = TOps.MultiplyAdd(value, w2, a2);
            a3 = TOps.MultiplyAdd(value, w1, a3);
            a4 = TOps.MultiplyAdd(value, w0, a4);
            value = TOps.Load(x + (5 * TOps.Width));
            a3 = TOps.MultiplyAdd(value, w2, a3);
            a4 = TOps.MultiplyAdd(value, w1, a4);
            a5 = TOps.MultiplyAdd(value, w0, a5);
            value = TOps.Load(x + (6 * TOps.Width));
            a4 = TOps.MultiplyAdd(value, w2, a4);
            a5 = TOps.MultiplyAdd(value, w1, a5);
            a6 = TOps.MultiplyAdd(value, w0, a6);
            value = TOps.Load(x + (7 * TOps.Width));
            a5 = TOps.MultiplyAdd(value, w2, a5);
            a6 = TOps.MultiplyAdd(value, w1, a6);
            a7 = TOps.MultiplyAdd(value, w0, a7);
            value = TOps.Load(x + (8 * TOps.Width));
            a6 = TOps.MultiplyAdd(value, w2, a6);
            a7 = TOps.MultiplyAdd(value, w1, a7);
            value = TOps.Load(x + (9 * TOps.Width));
            a7 = TOps.MultiplyAdd(value, w2, a7);
        }

        float* y = call->Output;
        float* r = call->Residual;
        TOps.Store(y, TEpilogue.Apply(a0, r));
        TOps.Store(y + TOps.Width, TEpilogue.Apply(a1, r + TOps.Width));
        TOps.Store(y + (2 * TOps.Width), TEpilogue.Apply(a2, r + (2 * TOps.Width)));
        TOps.Store(y + (3 * TOps.Width), TEpilogue.Apply(a3, r + (3 * TOps.Width)));
        TOps.Store(y + (4 * TOps.Width), TEpilogue.Apply(a4, r + (4 * TOps.Width)));
        TOps.Store(y + (5 * TOps.Width), TEpilogue.Apply(a5, r + (5 * TOps.Width)));
        TOps.Store(y + (6 * TOps.Width), TEpilogue.Apply(a6, r + (6 * TOps.Width)));
        TOps.Store(y + (7 * TOps.Width), TEpilogue.Apply(a7, r + (7 * TOps.Width)));
    }

    /// <summary>Four pixels with stride 1: each input is loaded once for a row of the kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void FourStride1(DepthwiseCall* call)
    {
        TVector a0 = TOps.Load(call->Bias);
        TVector a1 = a0, a2 = a0, a3 = a0;
        float* w = call->Weights;
        for (nint row = 0; row < 3; row++)
        {
            float* x = call->Rows[row] + call->Offset;
            TVector w0 = TOps.Load(w);
            TVector w1 = TOps.Load(w + TOps.Width);
            TVector w2 = TOps.Load(w + (2 * TOps.Width));
            w += 3 * TOps.Width;
            TVector value;
            value = TOps.Load(x);
            a0 = TOps.MultiplyAdd(value, w0, a0);
            value = TOps.Load(x + TOps.Width);
            a0 = TOps.MultiplyAdd(value, w1, a0);
            a1 = TOps.MultiplyAdd(value, w0, a1);
            value = TOps.Load(x + (2 * TOps.Width));
            a0 = TOps.MultiplyAdd(value, w2, a0);
            a1 = TOps.MultiplyAdd(value, w1, a1);
            a2 = TOps.MultiplyAdd(value, w0, a2);
            value = TOps.Load(x + (3 * TOps.Width));
            a1 = TOps.MultiplyAdd(value, w2, a1);
            a2 = TOps.MultiplyAdd(value, w1, a2);
            a3 = TOps.MultiplyAdd(value, w0, a3);
            value = TOps.Load(x + (4 * TOps.Width));
            a2 = TOps.MultiplyAdd(value, w2, a2);
            a3 = TOps.MultiplyAdd(value, w1, a3);
            value = TOps.Load(x + (5 * TOps.Width));
            a3 = TOps.MultiplyAdd(value, w2, a3);
        }

        float* y = call->Output;
        float* r = call->Residual;
        TOps.Store(y, TEpilogue.Apply(a0, r));
        TOps.Store(y + TOps.Width, TEpilogue.Apply(a1, r + TOps.Width));
        TOps.Store(y + (2 * TOps.Width), TEpilogue.Apply(a2, r + (2 * TOps.Width)));
        TOps.Store(y + (3 * TOps.Width), TEpilogue.Apply(a3, r + (3 * TOps.Width)));
    }

    /// <summary>Eight pixels with stride 2: each input is loaded once for a row of the kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void EightStride2(DepthwiseCall* call)
    {
        TVector a0 = TOps.Load(call->Bias);
        TVector a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        float* w = call->Weights;
        for (nint row = 0; row < 3; row++)
        {
            float* x = call->Rows[row] + call->Offset;
            TVector w0 = TOps.Load(w);
            TVector w1 = TOps.Load(w + TOps.Width);
            TVector w2 = TOps.Load(w + (2 * TOps.Width));
            w += 3 * TOps.Width;
            TVector value;
            value = TOps.Load(x);
            a0 = TOps.MultiplyAdd(value, w0, a0);
            value = TOps.Load(x + TOps.Width);
            a0 = TOps.MultiplyAdd(value, w1, a0);
            value = TOps.Load(x + (2 * TOps.Width));
            a0 = TOps.MultiplyAdd(value, w2, a0);
            a1 = TOps.MultiplyAdd(value, w0, a1);
            value = TOps.Load(x + (3 * TOps.Width));
            a1 = TOps.MultiplyAdd(value, w1, a1);
            value = TOps.Load(x + (4 * TOps.Width));
            a1 = TOps.MultiplyAdd(value, w2, a1);
            a2 = TOps.MultiplyAdd(value, w0, a2);
            value = TOps.Load(x + (5 * TOps.Width));
            a2 = TOps.MultiplyAdd(value, w1, a2);
            value = TOps.Load(x + (6 * TOps.Width));
            a2 = TOps.MultiplyAdd(value, w2, a2);
            a3 = TOps.MultiplyAdd(value, w0, a3);
            value = TOps.Load(x + (7 * TOps.Width));
            a3 = TOps.MultiplyAdd(value, w1, a3);
            value = TOps.Load(x + (8 * TOps.Width));
            a3 = TOps.MultiplyAdd(value, w2, a3);
            a4 = TOps.MultiplyAdd(value, w0, a4);
            value = TOps.Load(x + (9 * TOps.Width));
            a4 = TOps.MultiplyAdd(value, w1, a4);
            value = TOps.Load(x + (10 * TOps.Width));
            a4 = TOps.MultiplyAdd(value, w2, a4);
            a5 = TOps.MultiplyAdd(value, w0, a5);
            value = TOps.Load(x + (11 * TOps.Width));
            a5 = TOps.MultiplyAdd(value, w1, a5);
            value = TOps.Load(x + (12 * TOps.Width));
            a5 = TOps.MultiplyAdd(value, w2, a5);
            a6 = TOps.MultiplyAdd(value, w0, a6);
            value = TOps.Load(x + (13 * TOps.Width));
            a6 = TOps.MultiplyAdd(value, w1, a6);
            value = TOps.Load(x + (14 * TOps.Width));
            a6 = TOps.MultiplyAdd(value, w2, a6);
            a7 = TOps.MultiplyAdd(value, w0, a7);
            value = TOps.Load(x + (15 * TOps.Width));
            a7 = TOps.MultiplyAdd(value, w1, a7);
            value = TOps.Load(x + (16 * TOps.Width));
            a7 = TOps.MultiplyAdd(value, w2, a7);
        }

        float* y = call->Output;
        float* r = call->Residual;
        TOps.Store(y, TEpilogue.Apply(a0, r));
        TOps.Store(y + TOps.Width, TEpilogue.Apply(a1, r + TOps.Width));
        TOps.Store(y + (2 * TOps.Width), TEpilogue.Apply(a2, r + (2 * TOps.Width)));
        TOps.Store(y + (3 * TOps.Width), TEpilogue.Apply(a3, r + (3 * TOps.Width)));
        TOps.Store(y + (4 * TOps.Width), TEpilogue.Apply(a4, r + (4 * TOps.Width)));
        TOps.Store(y + (5 * TOps.Width), TEpilogue.Apply(a5, r + (5 * TOps.Width)));
        TOps.Store(y + (6 * TOps.Width), TEpilogue.Apply(a6, r + (6 * TOps.Width)));
        TOps.Store(y + (7 * TOps.Width), TEpilogue.Apply(a7, r + (7 * TOps.Width)));
    }

    /// <summary>Four pixels with stride 2: each input is loaded once for a row of the kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void FourStride2(DepthwiseCall* call)
    {
        TVector a0 = TOps.Load(call->Bias);
        TVector a1 = a0, a2 = a0, a3 = a0;
        float* w = call->Weights;
        for (nint row = 0; row < 3; row++)
        {
            float* x = call->Rows[row] + call->Offset;
            TVector w0 = TOps.Load(w);
            TVector w1 = TOps.Load(w + TOps.Width);
            TVector w2 = TOps.Load(w + (2 * TOps.Width));
            w += 3 * TOps.Width;
            TVector value;
            value = TOps.Load(x);
            a0 = TOps.MultiplyAdd(value, w0, a0);
            value = TOps.Load(x + TOps.Width);
            a0 = TOps.MultiplyAdd(value, w1, a0);
            value = TOps.Load(x + (2 * TOps.Width));
            a0 = TOps.MultiplyAdd(value, w2, a0);
            a1 = TOps.MultiplyAdd(value, w0, a1);
            value = TOps.Load(x + (3 * TOps.Width));
            a1 = TOps.MultiplyAdd(value, w1, a1);
            value = TOps.Load(x + (4 * TOps.Width));
            a1 = TOps.MultiplyAdd(value, w2, a1);
            a2 = TOps.MultiplyAdd(value, w0, a2);
            value = TOps.Load(x + (5 * TOps.Width));
            a2 = TOps.MultiplyAdd(value, w1, a2);
            value = TOps.Load(x + (6 * TOps.Width));
            a2 = TOps.MultiplyAdd(value, w2, a2);
            a3 = TOps.MultiplyAdd(value, w0, a3);
            value = TOps.Load(x + (7 * TOps.Width));
            a3 = TOps.MultiplyAdd(value, w1, a3);
            value = TOps.Load(x + (8 * TOps.Width));
            a3 = TOps.MultiplyAdd(value, w2, a3);
        }

        float* y = call->Output;
        float* r = call->Residual;
        TOps.Store(y, TEpilogue.Apply(a0, r));
        TOps.Store(y + TOps.Width, TEpilogue.Apply(a1, r + TOps.Width));
        TOps.Store(y + (2 * TOps.Width), TEpilogue.Apply(a2, r + (2 * TOps.Width)));
        TOps.Store(y + (3 * TOps.Width), TEpilogue.Apply(a3, r + (3 * TOps.Width)));
    }
}
