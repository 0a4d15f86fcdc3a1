using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Cpu.Kernels.Tiles;

/// <summary>
/// 1 pixel times two output blocks: 2 sums in registers, 2 for weights and 1 for the input value, 5 together.
/// Each sum is one chain over the taps in order, so every tile shape gives the same bits.
/// </summary>
internal static unsafe class GemmTile1x2<TOps, TVector, TOrder, TEpilogue>
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
        TilePrefetch<TOps, TVector>.Lines(call, pixels: 1, blocks: 2, TEpilogue.ReadsResidual);
        TVector a0 = TOps.Load(call->Bias);
        TVector b0 = TOps.Load(call->Bias + TOps.Width);

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
                x += TOrder.LaneStride(TOps.Width);
            }

            x += skip;
        }

        float* y = call->Output;
        float* r = call->Residual;
        TOps.Store(y, TEpilogue.Apply(a0, r));
        y += call->OutputBlockStride;
        r += call->ResidualBlockStride;
        TOps.Store(y, TEpilogue.Apply(b0, r));
    }
}
