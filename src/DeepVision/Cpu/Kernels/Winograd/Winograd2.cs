using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Tiles;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Cpu.Kernels.Winograd;

/// <summary>
/// F(2 x 2, 3 x 3) at the points 0, 1, -1 and infinity: 16 products for 4 outputs, 4/9 of the direct sum's. As exact as the
/// direct sum, and with less than half of the weights of <see cref="Winograd4{TOps, TVector}"/>, for small maps.
/// </summary>
internal readonly unsafe struct Winograd2<TOps, TVector> : IWinogradTransform
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private const int Points = 4;

    public static int Tile => 2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(
        float** rows, int firstColumn, int endColumn, float* temporary, float* points, nint pointStride)
    {
        float* row0 = rows[0];
        float* row1 = rows[1];
        float* row2 = rows[2];
        float* row3 = rows[3];
        for (nint column = 0; column < Points; column++)
        {
            float* target = temporary + (column * TOps.Width);
            if (column < firstColumn || column >= endColumn)
            {
                TOps.Store(target, TOps.Zero);
                TOps.Store(target + (Points * TOps.Width), TOps.Zero);
                TOps.Store(target + (2 * Points * TOps.Width), TOps.Zero);
                TOps.Store(target + (3 * Points * TOps.Width), TOps.Zero);
                continue;
            }

            nint x = column * TOps.Width;
            TVector d1 = TOps.Load(row1 + x);
            TVector d2 = TOps.Load(row2 + x);
            TOps.Store(target, TOps.Subtract(d2, TOps.Load(row0 + x)));
            TOps.Store(target + (Points * TOps.Width), TOps.Add(d1, d2));
            TOps.Store(target + (2 * Points * TOps.Width), TOps.Subtract(d2, d1));
            TOps.Store(target + (3 * Points * TOps.Width), TOps.Subtract(TOps.Load(row3 + x), d1));
        }

        for (nint row = 0; row < Points; row++)
        {
            float* source = temporary + (row * Points * TOps.Width);
            TVector d1 = TOps.Load(source + TOps.Width);
            TVector d2 = TOps.Load(source + (2 * TOps.Width));
            TOps.Store(points, TOps.Subtract(d2, TOps.Load(source)));
            TOps.Store(points + pointStride, TOps.Add(d1, d2));
            TOps.Store(points + (2 * pointStride), TOps.Subtract(d2, d1));
            TOps.Store(points + (3 * pointStride), TOps.Subtract(TOps.Load(source + (3 * TOps.Width)), d1));
            points += Points * pointStride;
        }
    }

    public static delegate*<WinogradOutputCall*, void> Output(TileEpilogue epilogue) =>
        (delegate*<WinogradOutputCall*, void>)TileEpilogues.Find<TOps, TVector, Outputs>(epilogue, default);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Output<TEpilogue>(WinogradOutputCall* call)
        where TEpilogue : struct, ITileEpilogue<TVector>
    {
        float* points = call->Points;
        nint stride = call->PointStride;
        float* temporary = call->Temporary;
        for (nint column = 0; column < Points; column++)
        {
            float* source = points + (column * stride);
            TVector m1 = TOps.Load(source + (Points * stride));
            TVector m2 = TOps.Load(source + (2 * Points * stride));
            float* target = temporary + (column * TOps.Width);
            TOps.Store(target, TOps.Add(TOps.Load(source), TOps.Add(m1, m2)));
            TOps.Store(
                target + (Points * TOps.Width), TOps.Add(TOps.Subtract(m1, m2), TOps.Load(source + (3 * Points * stride))));
        }

        TVector bias = TOps.Load(call->Bias);
        float* y = call->Output;
        float* residual = call->Residual;
        nint columns = call->Columns;
        for (nint row = 0; row < call->Rows; row++)
        {
            float* source = temporary + (row * Points * TOps.Width);
            TVector m1 = TOps.Load(source + TOps.Width);
            TVector m2 = TOps.Load(source + (2 * TOps.Width));
            TVector y0 = TOps.Add(TOps.Add(TOps.Load(source), bias), TOps.Add(m1, m2));
            TOps.Store(y, TEpilogue.Apply(y0, residual));
            if (columns > 1)
            {
                TVector y1 = TOps.Add(TOps.Subtract(m1, m2), TOps.Add(TOps.Load(source + (3 * TOps.Width)), bias));
                TOps.Store(y + TOps.Width, TEpilogue.Apply(y1, residual + TOps.Width));
            }

            y += call->RowStride;
            residual += call->RowStride;
        }
    }

    private readonly struct Outputs : IEpilogueKernels<TVector>
    {
        public nint Find<TEpilogue>()
            where TEpilogue : struct, ITileEpilogue<TVector> => (nint)(delegate*<WinogradOutputCall*, void>)&Output<TEpilogue>;
    }
}
