using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Tiles;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Cpu.Kernels.Depthwise;

/// <summary>
/// Neighboring output pixels of a depthwise convolution of any kernel, and single ones at the edges, whose taps outside of the map
/// are left out.
/// </summary>
internal static unsafe class DepthwiseStrip<TOps, TVector, TEpilogue>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
    where TEpilogue : struct, ITileEpilogue<TVector>
{
    /// <summary>Eight pixels of any kernel and stride.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Eight(DepthwiseCall* call)
    {
        TVector a0 = TOps.Load(call->Bias);
        TVector a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        nint step = call->PixelStride;
        float* w = call->Weights;
        for (nint row = 0; row < call->KernelHeight; row++)
        {
            float* x = call->Rows[row] + call->Offset + (call->FirstColumn * TOps.Width);
            float* tap = w + (call->FirstColumn * TOps.Width);
            for (nint column = call->FirstColumn; column < call->EndColumn; column++)
            {
                TVector weight = TOps.Load(tap);
                tap += TOps.Width;
                float* far = x + (4 * step);
                a0 = TOps.MultiplyAdd(TOps.Load(x), weight, a0);
                a1 = TOps.MultiplyAdd(TOps.Load(x + step), weight, a1);
                a2 = TOps.MultiplyAdd(TOps.Load(x + (2 * step)), weight, a2);
                a3 = TOps.MultiplyAdd(TOps.Load(far - step), weight, a3);
                a4 = TOps.MultiplyAdd(TOps.Load(far), weight, a4);
                a5 = TOps.MultiplyAdd(TOps.Load(far + step), weight, a5);
                a6 = TOps.MultiplyAdd(TOps.Load(far + (2 * step)), weight, a6);
                a7 = TOps.MultiplyAdd(TOps.Load(far + (3 * step)), weight, a7);
                x += TOps.Width;
            }

            w += call->KernelWidth * TOps.Width;
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

    /// <summary>Four pixels of any kernel and stride.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Four(DepthwiseCall* call)
    {
        TVector a0 = TOps.Load(call->Bias);
        TVector a1 = a0, a2 = a0, a3 = a0;
        nint step = call->PixelStride;
        float* w = call->Weights;
        for (nint row = 0; row < call->KernelHeight; row++)
        {
            float* x = call->Rows[row] + call->Offset + (call->FirstColumn * TOps.Width);
            float* tap = w + (call->FirstColumn * TOps.Width);
            for (nint column = call->FirstColumn; column < call->EndColumn; column++)
            {
                TVector weight = TOps.Load(tap);
                tap += TOps.Width;
                a0 = TOps.MultiplyAdd(TOps.Load(x), weight, a0);
                a1 = TOps.MultiplyAdd(TOps.Load(x + step), weight, a1);
                a2 = TOps.MultiplyAdd(TOps.Load(x + (2 * step)), weight, a2);
                a3 = TOps.MultiplyAdd(TOps.Load(x + (3 * step)), weight, a3);
                x += TOps.Width;
            }

            w += call->KernelWidth * TOps.Width;
        }

        float* y = call->Output;
        float* r = call->Residual;
        TOps.Store(y, TEpilogue.Apply(a0, r));
        TOps.Store(y + TOps.Width, TEpilogue.Apply(a1, r + TOps.Width));
        TOps.Store(y + (2 * TOps.Width), TEpilogue.Apply(a2, r + (2 * TOps.Width)));
        TOps.Store(y + (3 * TOps.Width), TEpilogue.Apply(a3, r + (3 * TOps.Width)));
    }

    /// <summary>One pixel of any kernel and stride.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void One(DepthwiseCall* call)
    {
        TVector a0 = TOps.Load(call->Bias);
        float* w = call->Weights;
        for (nint row = 0; row < call->KernelHeight; row++)
        {
            float* x = call->Rows[row] + call->Offset + (call->FirstColumn * TOps.Width);
            float* tap = w + (call->FirstColumn * TOps.Width);
            for (nint column = call->FirstColumn; column < call->EndColumn; column++)
            {
                TVector weight = TOps.Load(tap);
                tap += TOps.Width;
                a0 = TOps.MultiplyAdd(TOps.Load(x), weight, a0);
                x += TOps.Width;
            }

            w += call->KernelWidth * TOps.Width;
        }

        float* y = call->Output;
        float* r = call->Residual;
        TOps.Store(y, TEpilogue.Apply(a0, r));
    }
}
