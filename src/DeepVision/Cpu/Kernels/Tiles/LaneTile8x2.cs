using System.Diagnostics;
using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Cpu.Kernels.Tiles;

/// <summary>
/// 8 pixels times two output blocks, for registers of four lanes and instructions that multiply by a lane: 16 sums in registers,
/// 8 for input values of four channels each (or 2 of four pixels each), 2 for weights. The same chains as <see cref="GemmTile8x2{TOps, TVector, TOrder, TEpilogue}"/>.
/// </summary>
internal static unsafe class LaneTile8x2<TOps, TVector, TOrder, TEpilogue>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
    where TOrder : struct, IInputOrder
    where TEpilogue : struct, ITileEpilogue<TVector>
{
    private const int Lanes = 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(TileCall* call)
    {
        Debug.Assert(TOps.Width == Lanes, "Registers of four lanes.");
        if (TOrder.LaneStride(Lanes) == 1)
        {
            RunChannels(call);
        }
        else
        {
            RunTaps(call);
        }
    }

    /// <summary>Pixel after pixel: a load brings four channels of one, which are four taps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunChannels(TileCall* call)
    {
        Debug.Assert(call->Lanes == Lanes, "Whole blocks.");
        float* x = call->Input;
        float* w = call->Weights;
        TVector a0 = TOps.Load(call->Bias);
        TVector a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        TVector b0 = TOps.Load(call->Bias + Lanes);
        TVector b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0, b6 = b0, b7 = b0;
        for (nint block = call->Blocks; block > 0; block--)
        {
            TVector x0 = TOps.Load(x);
            TVector x1 = TOps.Load(x + Lanes);
            TVector x2 = TOps.Load(x + (2 * Lanes));
            TVector x3 = TOps.Load(x + (3 * Lanes));
            TVector x4 = TOps.Load(x + (4 * Lanes));
            TVector x5 = TOps.Load(x + (5 * Lanes));
            TVector x6 = TOps.Load(x + (6 * Lanes));
            TVector x7 = TOps.Load(x + (7 * Lanes));
            x += call->InputBlockStride;
            TVector u = TOps.Load(w);
            TVector v = TOps.Load(w + Lanes);
            a0 = TOps.MultiplyAddLane(x0, 0, u, a0);
            b0 = TOps.MultiplyAddLane(x0, 0, v, b0);
            a1 = TOps.MultiplyAddLane(x1, 0, u, a1);
            b1 = TOps.MultiplyAddLane(x1, 0, v, b1);
            a2 = TOps.MultiplyAddLane(x2, 0, u, a2);
            b2 = TOps.MultiplyAddLane(x2, 0, v, b2);
            a3 = TOps.MultiplyAddLane(x3, 0, u, a3);
            b3 = TOps.MultiplyAddLane(x3, 0, v, b3);
            a4 = TOps.MultiplyAddLane(x4, 0, u, a4);
            b4 = TOps.MultiplyAddLane(x4, 0, v, b4);
            a5 = TOps.MultiplyAddLane(x5, 0, u, a5);
            b5 = TOps.MultiplyAddLane(x5, 0, v, b5);
            a6 = TOps.MultiplyAddLane(x6, 0, u, a6);
            b6 = TOps.MultiplyAddLane(x6, 0, v, b6);
            a7 = TOps.MultiplyAddLane(x7, 0, u, a7);
            b7 = TOps.MultiplyAddLane(x7, 0, v, b7);
            u = TOps.Load(w + (2 * Lanes));
            v = TOps.Load(w + (3 * Lanes));
            a0 = TOps.MultiplyAddLane(x0, 1, u, a0);
            b0 = TOps.MultiplyAddLane(x0, 1, v, b0);
            a1 = TOps.MultiplyAddLane(x1, 1, u, a1);
            b1 = TOps.MultiplyAddLane(x1, 1, v, b1);
            a2 = TOps.MultiplyAddLane(x2, 1, u, a2);
            b2 = TOps.MultiplyAddLane(x2, 1, v, b2);
            a3 = TOps.MultiplyAddLane(x3, 1, u, a3);
            b3 = TOps.MultiplyAddLane(x3, 1, v, b3);
            a4 = TOps.MultiplyAddLane(x4, 1, u, a4);
            b4 = TOps.MultiplyAddLane(x4, 1, v, b4);
            a5 = TOps.MultiplyAddLane(x5, 1, u, a5);
            b5 = TOps.MultiplyAddLane(x5, 1, v, b5);
            a6 = TOps.MultiplyAddLane(x6, 1, u, a6);
            b6 = TOps.MultiplyAddLane(x6, 1, v, b6);
            a7 = TOps.MultiplyAddLane(x7, 1, u, a7);
            b7 = TOps.MultiplyAddLane(x7, 1, v, b7);
            u = TOps.Load(w + (4 * Lanes));
            v = TOps.Load(w + (5 * Lanes));
            a0 = TOps.MultiplyAddLane(x0, 2, u, a0);
            b0 = TOps.MultiplyAddLane(x0, 2, v, b0);
            a1 = TOps.MultiplyAddLane(x1, 2, u, a1);
            b1 = TOps.MultiplyAddLane(x1, 2, v, b1);
            a2 = TOps.MultiplyAddLane(x2, 2, u, a2);
            b2 = TOps.MultiplyAddLane(x2, 2, v, b2);
            a3 = TOps.MultiplyAddLane(x3, 2, u, a3);
            b3 = TOps.MultiplyAddLane(x3, 2, v, b3);
            a4 = TOps.MultiplyAddLane(x4, 2, u, a4);
            b4 = TOps.MultiplyAddLane(x4, 2, v, b4);
            a5 = TOps.MultiplyAddLane(x5, 2, u, a5);
            b5 = TOps.MultiplyAddLane(x5, 2, v, b5);
            a6 = TOps.MultiplyAddLane(x6, 2, u, a6);
            b6 = TOps.MultiplyAddLane(x6, 2, v, b6);
            a7 = TOps.MultiplyAddLane(x7, 2, u, a7);
            b7 = TOps.MultiplyAddLane(x7, 2, v, b7);
            u = TOps.Load(w + (6 * Lanes));
            v = TOps.Load(w + (7 * Lanes));
            a0 = TOps.MultiplyAddLane(x0, 3, u, a0);
            b0 = TOps.MultiplyAddLane(x0, 3, v, b0);
            a1 = TOps.MultiplyAddLane(x1, 3, u, a1);
            b1 = TOps.MultiplyAddLane(x1, 3, v, b1);
            a2 = TOps.MultiplyAddLane(x2, 3, u, a2);
            b2 = TOps.MultiplyAddLane(x2, 3, v, b2);
            a3 = TOps.MultiplyAddLane(x3, 3, u, a3);
            b3 = TOps.MultiplyAddLane(x3, 3, v, b3);
            a4 = TOps.MultiplyAddLane(x4, 3, u, a4);
            b4 = TOps.MultiplyAddLane(x4, 3, v, b4);
            a5 = TOps.MultiplyAddLane(x5, 3, u, a5);
            b5 = TOps.MultiplyAddLane(x5, 3, v, b5);
            a6 = TOps.MultiplyAddLane(x6, 3, u, a6);
            b6 = TOps.MultiplyAddLane(x6, 3, v, b6);
            a7 = TOps.MultiplyAddLane(x7, 3, u, a7);
            b7 = TOps.MultiplyAddLane(x7, 3, v, b7);
            w += 8 * Lanes;
        }

        float* y = call->Output;
        float* r = call->Residual;
        TOps.Store(y, TEpilogue.Apply(a0, r));
        TOps.Store(y + Lanes, TEpilogue.Apply(a1, r + Lanes));
        TOps.Store(y + (2 * Lanes), TEpilogue.Apply(a2, r + (2 * Lanes)));
        TOps.Store(y + (3 * Lanes), TEpilogue.Apply(a3, r + (3 * Lanes)));
        TOps.Store(y + (4 * Lanes), TEpilogue.Apply(a4, r + (4 * Lanes)));
        TOps.Store(y + (5 * Lanes), TEpilogue.Apply(a5, r + (5 * Lanes)));
        TOps.Store(y + (6 * Lanes), TEpilogue.Apply(a6, r + (6 * Lanes)));
        TOps.Store(y + (7 * Lanes), TEpilogue.Apply(a7, r + (7 * Lanes)));
        y += call->OutputBlockStride;
        r += call->ResidualBlockStride;
        TOps.Store(y, TEpilogue.Apply(b0, r));
        TOps.Store(y + Lanes, TEpilogue.Apply(b1, r + Lanes));
        TOps.Store(y + (2 * Lanes), TEpilogue.Apply(b2, r + (2 * Lanes)));
        TOps.Store(y + (3 * Lanes), TEpilogue.Apply(b3, r + (3 * Lanes)));
        TOps.Store(y + (4 * Lanes), TEpilogue.Apply(b4, r + (4 * Lanes)));
        TOps.Store(y + (5 * Lanes), TEpilogue.Apply(b5, r + (5 * Lanes)));
        TOps.Store(y + (6 * Lanes), TEpilogue.Apply(b6, r + (6 * Lanes)));
        TOps.Store(y + (7 * Lanes), TEpilogue.Apply(b7, r + (7 * Lanes)));
    }

    /// <summary>Tap after tap: a load brings four pixels of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunTaps(TileCall* call)
    {
        float* x = call->Input;
        float* w = call->Weights;
        nint lanes = call->Lanes;
        nint skip = call->InputBlockStride - (lanes * TOrder.LaneStride(Lanes));
        TVector a0 = TOps.Load(call->Bias);
        TVector a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        TVector b0 = TOps.Load(call->Bias + Lanes);
        TVector b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0, b6 = b0, b7 = b0;
        for (nint block = call->Blocks; block > 0; block--)
        {
            for (nint lane = lanes; lane > 0; lane--)
            {
                TVector u = TOps.Load(w);
                TVector v = TOps.Load(w + Lanes);
                w += 2 * Lanes;
                TVector near = TOps.Load(x);
                TVector far = TOps.Load(x + Lanes);
                a0 = TOps.MultiplyAddLane(near, 0, u, a0);
                b0 = TOps.MultiplyAddLane(near, 0, v, b0);
                a1 = TOps.MultiplyAddLane(near, 1, u, a1);
                b1 = TOps.MultiplyAddLane(near, 1, v, b1);
                a2 = TOps.MultiplyAddLane(near, 2, u, a2);
                b2 = TOps.MultiplyAddLane(near, 2, v, b2);
                a3 = TOps.MultiplyAddLane(near, 3, u, a3);
                b3 = TOps.MultiplyAddLane(near, 3, v, b3);
                a4 = TOps.MultiplyAddLane(far, 0, u, a4);
                b4 = TOps.MultiplyAddLane(far, 0, v, b4);
                a5 = TOps.MultiplyAddLane(far, 1, u, a5);
                b5 = TOps.MultiplyAddLane(far, 1, v, b5);
                a6 = TOps.MultiplyAddLane(far, 2, u, a6);
                b6 = TOps.MultiplyAddLane(far, 2, v, b6);
                a7 = TOps.MultiplyAddLane(far, 3, u, a7);
                b7 = TOps.MultiplyAddLane(far, 3, v, b7);
                x += TOrder.LaneStride(Lanes);
            }

            x += skip;
        }

        float* y = call->Output;
        float* r = call->Residual;
        TOps.Store(y, TEpilogue.Apply(a0, r));
        TOps.Store(y + Lanes, TEpilogue.Apply(a1, r + Lanes));
        TOps.Store(y + (2 * Lanes), TEpilogue.Apply(a2, r + (2 * Lanes)));
        TOps.Store(y + (3 * Lanes), TEpilogue.Apply(a3, r + (3 * Lanes)));
        TOps.Store(y + (4 * Lanes), TEpilogue.Apply(a4, r + (4 * Lanes)));
        TOps.Store(y + (5 * Lanes), TEpilogue.Apply(a5, r + (5 * Lanes)));
        TOps.Store(y + (6 * Lanes), TEpilogue.Apply(a6, r + (6 * Lanes)));
        TOps.Store(y + (7 * Lanes), TEpilogue.Apply(a7, r + (7 * Lanes)));
        y += call->OutputBlockStride;
        r += call->ResidualBlockStride;
        TOps.Store(y, TEpilogue.Apply(b0, r));
        TOps.Store(y + Lanes, TEpilogue.Apply(b1, r + Lanes));
        TOps.Store(y + (2 * Lanes), TEpilogue.Apply(b2, r + (2 * Lanes)));
        TOps.Store(y + (3 * Lanes), TEpilogue.Apply(b3, r + (3 * Lanes)));
        TOps.Store(y + (4 * Lanes), TEpilogue.Apply(b4, r + (4 * Lanes)));
        TOps.Store(y + (5 * Lanes), TEpilogue.Apply(b5, r + (5 * Lanes)));
        TOps.Store(y + (6 * Lanes), TEpilogue.Apply(b6, r + (6 * Lanes)));
        TOps.Store(y + (7 * Lanes), TEpilogue.Apply(b7, r + (7 * Lanes)));
    }
}
