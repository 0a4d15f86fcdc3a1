using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Tiles;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Cpu.Kernels.Grouped;

/// <summary>
/// 7 pixels of one output block of a grouped convolution: 7 sums in registers, 1 for weights and at most 1 for inputs, 9 together.
/// Each sum is one chain over channels and taps in order, so every strip gives the same bits.
/// </summary>
internal static unsafe class GroupStrip7<TOps, TVector, TInput, TEpilogue>
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
    }
}
