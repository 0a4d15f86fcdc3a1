using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Cpu.Kernels.Tiles;

/// <summary>The tile kernels of one instruction set: which shapes it has, and the code of each.</summary>
internal static unsafe class TileKernels<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    /// <summary>Output blocks of a full tile, for every instruction set.</summary>
    internal const int Blocks = 2;

    /// <summary>Pixels of a full tile: 28 sums on the 32 registers of AVX-512, 16 on those of arm64, 12 on 16 registers elsewhere.</summary>
    internal static int Pixels => typeof(TVector) == typeof(Vector512<float>) ? 14 : MultipliesByLane ? 8 : 6;

    /// <summary>Whether an instruction multiplies by a lane of a register, so that one load brings four input values.</summary>
    private static bool MultipliesByLane => typeof(TVector) == typeof(Vector128<float>) && AdvSimd.Arm64.IsSupported;

    /// <summary>The smallest tile that holds this many pixels, at most <see cref="Pixels"/>.</summary>
    internal static int PixelsFor(int pixels) =>
        pixels == 1 ? 1
        : typeof(TVector) == typeof(Vector512<float>) && pixels <= 7 ? 7
        : Pixels;

    /// <summary>Sizes of tiles for work that can choose; no tile of a size computes more pixels than that.</summary>
    internal static ReadOnlySpan<int> GroupSizes => typeof(TVector) == typeof(Vector512<float>) ? [14, 8, 7] : MultipliesByLane ? [8] : [6];

    /// <summary>The smallest tile that holds this many pixels and fits a panel of <paramref name="pitch"/>.</summary>
    internal static int PixelsFor(int pixels, int pitch) => pixels <= 1 ? 1 : pixels <= 7 && pitch > 7 ? PixelsFor(pixels) : pitch;

    /// <summary>The code of a tile whose pixel count came from <c>PixelsFor</c>.</summary>
    internal static delegate*<TileCall*, void> Find<TOrder>(int pixels, int blocks, TileEpilogue epilogue)
        where TOrder : struct, IInputOrder =>
        (delegate*<TileCall*, void>)TileEpilogues.Find<TOps, TVector, Shape<TOrder>>(epilogue, new Shape<TOrder>(pixels, blocks));

    private static delegate*<TileCall*, void> Find<TOrder, TEpilogue>(int pixels, int blocks)
        where TOrder : struct, IInputOrder
        where TEpilogue : struct, ITileEpilogue<TVector> => (pixels, blocks) switch
        {
            (14, 2) => &GemmTile14x2<TOps, TVector, TOrder, TEpilogue>.Run,
            (14, 1) => &GemmTile14x1<TOps, TVector, TOrder, TEpilogue>.Run,
            (8, 2) when MultipliesByLane => &LaneTile8x2<TOps, TVector, TOrder, TEpilogue>.Run,
            (8, 1) when MultipliesByLane => &LaneTile8x1<TOps, TVector, TOrder, TEpilogue>.Run,
            (8, 2) => &GemmTile8x2<TOps, TVector, TOrder, TEpilogue>.Run,
            (8, 1) => &GemmTile8x1<TOps, TVector, TOrder, TEpilogue>.Run,
            (7, 2) => &GemmTile7x2<TOps, TVector, TOrder, TEpilogue>.Run,
            (7, 1) => &GemmTile7x1<TOps, TVector, TOrder, TEpilogue>.Run,
            (6, 2) => &GemmTile6x2<TOps, TVector, TOrder, TEpilogue>.Run,
            (6, 1) => &GemmTile6x1<TOps, TVector, TOrder, TEpilogue>.Run,
            (1, 2) => &GemmTile1x2<TOps, TVector, TOrder, TEpilogue>.Run,
            (1, 1) => &GemmTile1x1<TOps, TVector, TOrder, TEpilogue>.Run,
            _ => throw new ArgumentOutOfRangeException(nameof(pixels), (pixels, blocks), "No such tile."),
        };

    private readonly struct Shape<TOrder>(int pixels, int blocks) : IEpilogueKernels<TVector>
        where TOrder : struct, IInputOrder
    {
        public nint Find<TEpilogue>()
            where TEpilogue : struct, ITileEpilogue<TVector> => (nint)TileKernels<TOps, TVector>.Find<TOrder, TEpilogue>(pixels, blocks);
    }
}
