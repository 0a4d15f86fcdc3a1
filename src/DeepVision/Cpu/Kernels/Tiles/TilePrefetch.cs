using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Cpu.Kernels.Tiles;

/// <summary>Asks for the lines that a tile's epilogue will touch while its sums are being formed.</summary>
internal static unsafe class TilePrefetch<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private const int LineFloats = 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Lines(TileCall* call, nint pixels, nint blocks, bool readsResidual)
    {
        for (nint block = 0; block < blocks; block++)
        {
            for (nint i = 0; i < pixels * TOps.Width; i += LineFloats)
            {
                nint offset = (block * call->OutputBlockStride) + i;
                TOps.Prefetch(call->Output + offset);
                if (readsResidual)
                {
                    TOps.Prefetch(call->Residual + offset);
                }
            }
        }
    }
}
