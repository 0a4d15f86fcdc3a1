using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Cpu.Kernels.Tiles;

/// <summary>
/// 6 pixels times two output blocks: 12 sums in registers, 2 for weights and 1 for the input value, 15 together.
/// Each sum is one chain over the taps in order, so every tile shape gives the same bits.
/// </summary>
internal static unsafe class GemmTile6x2<TOps, TVector, TOrder, TEpilogue>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
    where TOrder : struct, IInputOrder
    where TEpilogue : struct, ITileEpilogue<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(TileCall* call)
    {
        float* x = call->Input;
        float* w = call->Weights;
        nint lanes = call->Lanes;
        nint skip = call->InputBlockStride - (lanes * TOrder.LaneStride(TOps.Width));
        float* ahead = call->Prefetch;
        nint aheadStep = call->PrefetchStep;
        TilePrefetch<TOps, TVector>.Lines(call, pixels: 6, blocks: 2, TEpilogue.ReadsResidual);
        TVector a0 = TOps.Load(call->Bias);
        TVector a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0;
        TVector b0 = TOps.Load(call->Bias + TOps.Width);
        TVector b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0;

        for (nint block = call->Blocks; block > 0; block--)
        {
            for (nint lane = lanes; lane > 0; lane--)
            {
                TOps.Prefetch(ahead);
                ahead += aheadStep;
                TVector u = TOps.Load(w);
                TVector v = TOps.Load(w + TOps.Width);
                w += 2 * TOps.Width;
                TVector value;
                value = TOps.Broadcast(*x);
                a0 = TOps.MultiplyAdd(value, u, a0);
                b0 = TOps.MultiplyAdd(value, v, b0);
                value = TOps.Broadcast(*(x + TOrder.PixelStride(TOps.Width)));
                a1 = TOps.MultiplyAdd(value, u, a1);
                b1 = TOps.MultiplyAdd(value, v, b1);
                value = TOps.Broadcast(*(x + (2 * TOrder.PixelStride(TOps.Width))));
                a2 = TOps.MultiplyAdd(value, u, a2);
                b2 = TOps.MultiplyAdd(value, v, b2);
                value = TOps.Broadcast(*(x + (3 * TOrder.PixelStride(TOps.Width))));
                a3 = TOps.MultiplyAdd(value, u, a3);
                b3 = TOps.MultiplyAdd(value, v, b3);
                value = TOps.Broadcast(*(x + (4 * TOrder.PixelStride(TOps.Width))));
                a4 = TOps.MultiplyAdd(value, u, a4);
                b4 = TOps.MultiplyAdd(value, v, b4);
                value = TOps.Broadcast(*(x + (5 * TOrder.PixelStride(TOps.Width))));
                a5 = TOps.MultiplyAdd(value, u, a5);
                b5 = TOps.MultiplyAdd(value, v, b5);
                x += TOrder.LaneStride(TOps.Width);
            }

            x += skip;
        }

        float* y = call->Output;
        float* r = call->Residual;
        TOps.Store(y, TEpilogue.Apply(a0, r));
        TOps.Store(y + TOps.Width, TEpilogue.Apply(a1, r + TOps.Width));
        TOps.Store(y + (2 * TOps.Width), TEpilogue.Apply(a2, r + (2 * TOps.Width)));
        TOps.Store(y + (3 * TOps.Width), TEpilogue.Apply(a3, r + (3 * TOps.Width)));
        TOps.Store(y + (4 * TOps.Width), TEpilogue.Apply(a4, r + (4 * TOps.Width)));
        TOps.Store(y + (5 * TOps.Width), TEpilogue.Apply(a5, r + (5 * TOps.Width)));
        y += call->OutputBlockStride;
        r += call->ResidualBlockStride;
        TOps.Store(y, TEpilogue.Apply(b0, r));
        TOps.Store(y + TOps.Width, TEpilogue.Apply(b1, r + TOps.Width));
        TOps.Store(y + (2 * TOps.Width), TEpilogue.Apply(b2, r + (2 * TOps.Width)));
        TOps.Store(y + (3 * TOps.Width), TEpilogue.Apply(b3, r + (3 * TOps.Width)));
        TOps.Store(y + (4 * TOps.Width), TEpilogue.Apply(b4, r + (4 * TOps.Width)));
        TOps.Store(y + (5 * TOps.Width), TEpilogue.Apply(b5, r + (5 * TOps.Width)));
    }
}
