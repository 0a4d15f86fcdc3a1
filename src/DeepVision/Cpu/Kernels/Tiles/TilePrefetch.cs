using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Cpu.Kernels.Tiles;

/// <summary>Asks for the lines that a tile's epilogue will touch and that may be far away, while its sums are being formed.</summary>
internal static unsafe class TilePrefetch<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private const int LineFloats = 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Lines(TileCall* call, nint pixels, nint blocks, bool readsResidual)
    {
        if (call->FetchesOutput)
        {
            Lines(call->Output, call->OutputBlockStride, pixels, blocks);
        }

        if (readsResidual)
        {
            Lines(call->Residual, call->ResidualBlockStride, pixels, blocks);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lines(float* first, nint blockStride, nint pixels, nint blocks)
    {
        for (nint block = 0; block < blocks; block++)
        {
            for (nint i = 0; i < pixels * TOps.Width; i += LineFloats)
            {
                TOps.Prefetch(first + (block * blockStride) + i);
            }
        }
    }
}
