using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Tiles;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Cpu.Kernels.Grouped;

/// <summary>
/// 14 pixels of one output block of a grouped convolution: 14 sums in registers, 1 for weights and at most 1 for inputs, 16 together.
/// Each sum is one chain over channels and taps in order, so every strip gives the same bits.
/// </summary>
internal static unsafe class GroupStrip14<TOps, TVector, TInput, TEpilogue>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
    where TInput : struct, IGroupInput<TVector>
    where TEpilogue : struct, ITileEpilogue<TVector>
{
    private const int LineFloats = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(GroupStripCall* call)
    {
        float* start = call->Start;
        nint step = call->StartStride;
        TVector a0 = TOps.Load(start);
        TVector a1 = TOps.Load(start + step);
        TVector a2 = TOps.Load(start + (2 * step));
        TVector a3 = TOps.Load(start + (3 * step));
        TVector a4 = TOps.Load(start + (4 * step));
        TVector a5 = TOps.Load(start + (5 * step));
        TVector a6 = TOps.Load(start + (6 * step));
        TVector a7 = TOps.Load(start + (7 * step));
        TVector a8 = TOps.Load(start + (8 * step));
        TVector a9 = TOps.Load(start + (9 * step));
        TVector a10 = TOps.Load(start + (10 * step));
        TVector a11 = TOps.Load(start + (11 * step));
        TVector a12 = TOps.Load(start + (12 * step));
        TVector a13 = TOps.Load(start + (13 * step));
        float* w = call->Weights;
        float* block = call->Input;
        float* ahead = call->Prefetch;
        for (nint blocks = call->Blocks; blocks > 0; blocks--)
        {
            float* lane = block;
            for (nint lanes = call->Lanes; lanes > 0; lanes--)
            {
                TOps.Prefetch(ahead);
                TOps.Prefetch(ahead + LineFloats);
                ahead += call->PrefetchStep;
                nint* tap = call->Taps;
                for (nint taps = call->TapCount; taps > 0; taps--)
                {
                    float* x = lane + *tap;
                    tap++;
                    TVector u = TOps.Load(w);
                    w += TOps.Width;
                    a0 = TOps.MultiplyAdd(TInput.Read(x), u, a0);
                    a1 = TOps.MultiplyAdd(TInput.Read(x + TOps.Width), u, a1);
                    a2 = TOps.MultiplyAdd(TInput.Read(x + (2 * TOps.Width)), u, a2);
                    a3 = TOps.MultiplyAdd(TInput.Read(x + (3 * TOps.Width)), u, a3);
                    a4 = TOps.MultiplyAdd(TInput.Read(x + (4 * TOps.Width)), u, a4);
                    a5 = TOps.MultiplyAdd(TInput.Read(x + (5 * TOps.Width)), u, a5);
                    a6 = TOps.MultiplyAdd(TInput.Read(x + (6 * TOps.Width)), u, a6);
                    a7 = TOps.MultiplyAdd(TInput.Read(x + (7 * TOps.Width)), u, a7);
                    a8 = TOps.MultiplyAdd(TInput.Read(x + (8 * TOps.Width)), u, a8);
                    a9 = TOps.MultiplyAdd(TInput.Read(x + (9 * TOps.Width)), u, a9);
                    a10 = TOps.MultiplyAdd(TInput.Read(x + (10 * TOps.Width)), u, a10);
                    a11 = TOps.MultiplyAdd(TInput.Read(x + (11 * TOps.Width)), u, a11);
                    a12 = TOps.MultiplyAdd(TInput.Read(x + (12 * TOps.Width)), u, a12);
                    a13 = TOps.MultiplyAdd(TInput.Read(x + (13 * TOps.Width)), u, a13);
                }

                lane += call->LaneStride;
            }

            block += call->BlockStride;
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
        TOps.Store(y + (8 * TOps.Width), TEpilogue.Apply(a8, r + (8 * TOps.Width)));
        TOps.Store(y + (9 * TOps.Width), TEpilogue.Apply(a9, r + (9 * TOps.Width)));
        TOps.Store(y + (10 * TOps.Width), TEpilogue.Apply(a10, r + (10 * TOps.Width)));
        TOps.Store(y + (11 * TOps.Width), TEpilogue.Apply(a11, r + (11 * TOps.Width)));
        TOps.Store(y + (12 * TOps.Width), TEpilogue.Apply(a12, r + (12 * TOps.Width)));
        TOps.Store(y + (13 * TOps.Width), TEpilogue.Apply(a13, r + (13 * TOps.Width)));
    }
}
