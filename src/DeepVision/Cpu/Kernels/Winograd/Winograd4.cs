using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Tiles;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Cpu.Kernels.Winograd;

/// <summary>
/// F(4 x 4, 3 x 3) at the points 0, +-3/4, +-3/2 and infinity: 36 products for 16 outputs, a quarter of the direct sum's.
/// The points were chosen for accuracy: all factors of the transforms are exact in float32, and the error is less than half of
/// that of the usual 0, +-1, +-2.
/// </summary>
internal readonly unsafe struct Winograd4<TOps, TVector> : IWinogradTransform
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private const float A = WinogradMatrices.InnerPoint;
    private const float B = WinogradMatrices.OuterPoint;
    private const float A2 = A * A;
    private const float B2 = B * B;
    private const int Points = 6;

    public static int Tile => 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(
        float** rows, int firstColumn, int endColumn, float* temporary, float* points, nint pointStride)
    {
        TVector minusSum = TOps.Broadcast(-(A2 + B2));
        TVector product = TOps.Broadcast(A2 * B2);
        TVector minusA2 = TOps.Broadcast(-A2);
        TVector minusB2 = TOps.Broadcast(-B2);
        TVector a = TOps.Broadcast(A);
        TVector b = TOps.Broadcast(B);
        TVector minusA = TOps.Broadcast(-A);
        TVector minusB = TOps.Broadcast(-B);
        float* row0 = rows[0];
        float* row1 = rows[1];
        float* row2 = rows[2];
        float* row3 = rows[3];
        float* row4 = rows[4];
        float* row5 = rows[5];
        for (nint column = 0; column < Points; column++)
        {
            float* target = temporary + (column * TOps.Width);
            if (column < firstColumn || column >= endColumn)
            {
                TOps.Store(target, TOps.Zero);
                TOps.Store(target + (Points * TOps.Width), TOps.Zero);
                TOps.Store(target + (2 * Points * TOps.Width), TOps.Zero);
                TOps.Store(target + (3 * Points * TOps.Width), TOps.Zero);
                TOps.Store(target + (4 * Points * TOps.Width), TOps.Zero);
                TOps.Store(target + (5 * Points * TOps.Width), TOps.Zero);
                continue;
            }

            nint x = column * TOps.Width;
            TVector d1 = TOps.Load(row1 + x);
            TVector d2 = TOps.Load(row2 + x);
            TVector d3 = TOps.Load(row3 + x);
            TVector d4 = TOps.Load(row4 + x);
            TOps.Store(target, TOps.MultiplyAdd(product, TOps.Load(row0 + x), TOps.MultiplyAdd(minusSum, d2, d4)));
            TVector even = TOps.MultiplyAdd(minusB2, d2, d4);
            TVector odd = TOps.MultiplyAdd(minusB2, d1, d3);
            TOps.Store(target + (Points * TOps.Width), TOps.MultiplyAdd(a, odd, even));
            TOps.Store(target + (2 * Points * TOps.Width), TOps.MultiplyAdd(minusA, odd, even));
            even = TOps.MultiplyAdd(minusA2, d2, d4);
            odd = TOps.MultiplyAdd(minusA2, d1, d3);
            TOps.Store(target + (3 * Points * TOps.Width), TOps.MultiplyAdd(b, odd, even));
            TOps.Store(target + (4 * Points * TOps.Width), TOps.MultiplyAdd(minusB, odd, even));
            TOps.Store(
                target + (5 * Points * TOps.Width),
                TOps.MultiplyAdd(product, d1, TOps.MultiplyAdd(minusSum, d3, TOps.Load(row5 + x))));
        }

        for (nint row = 0; row < Points; row++)
        {
            float* source = temporary + (row * Points * TOps.Width);
            TVector d1 = TOps.Load(source + TOps.Width);
            TVector d2 = TOps.Load(source + (2 * TOps.Width));
            TVector d3 = TOps.Load(source + (3 * TOps.Width));
            TVector d4 = TOps.Load(source + (4 * TOps.Width));
            TOps.Store(points, TOps.MultiplyAdd(product, TOps.Load(source), TOps.MultiplyAdd(minusSum, d2, d4)));
            points += pointStride;
            TVector even = TOps.MultiplyAdd(minusB2, d2, d4);
            TVector odd = TOps.MultiplyAdd(minusB2, d1, d3);
            TOps.Store(points, TOps.MultiplyAdd(a, odd, even));
            points += pointStride;
            TOps.Store(points, TOps.MultiplyAdd(minusA, odd, even));
            points += pointStride;
            even = TOps.MultiplyAdd(minusA2, d2, d4);
            odd = TOps.MultiplyAdd(minusA2, d1, d3);
            TOps.Store(points, TOps.MultiplyAdd(b, odd, even));
            points += pointStride;
            TOps.Store(points, TOps.MultiplyAdd(minusB, odd, even));
            points += pointStride;
            TOps.Store(
                points, TOps.MultiplyAdd(product, d1, TOps.MultiplyAdd(minusSum, d3, TOps.Load(source + (5 * TOps.Width)))));
            points += pointStride;
        }
    }

    public static delegate*<WinogradOutputCall*, void> Output(TileEpilogue epilogue) =>
        (delegate*<WinogradOutputCall*, void>)TileEpilogues.Find<TOps, TVector, Outputs>(epilogue, default);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Output<TEpilogue>(WinogradOutputCall* call)
        where TEpilogue : struct, ITileEpilogue<TVector>
    {
        TVector a = TOps.Broadcast(A);
        TVector b = TOps.Broadcast(B);
        TVector a2 = TOps.Broadcast(A2);
        TVector b2 = TOps.Broadcast(B2);
        TVector a3 = TOps.Broadcast(A2 * A);
        TVector b3 = TOps.Broadcast(B2 * B);
        float* points = call->Points;
        nint stride = call->PointStride;
        float* temporary = call->Temporary;
        for (nint column = 0; column < Points; column++)
        {
            float* source = points + (column * stride);
            TVector m1 = TOps.Load(source + (Points * stride));
            TVector m2 = TOps.Load(source + (2 * Points * stride));
            TVector m3 = TOps.Load(source + (3 * Points * stride));
            TVector m4 = TOps.Load(source + (4 * Points * stride));
            TVector s1 = TOps.Add(m1, m2);
            TVector d1 = TOps.Subtract(m1, m2);
            TVector s2 = TOps.Add(m3, m4);
            TVector d2 = TOps.Subtract(m3, m4);
            float* target = temporary + (column * TOps.Width);
            TOps.Store(target, TOps.Add(TOps.Load(source), TOps.Add(s1, s2)));
            TOps.Store(target + (Points * TOps.Width), TOps.MultiplyAdd(a, d1, TOps.Multiply(b, d2)));
            TOps.Store(target + (2 * Points * TOps.Width), TOps.MultiplyAdd(a2, s1, TOps.Multiply(b2, s2)));
            TOps.Store(
                target + (3 * Points * TOps.Width),
                TOps.MultiplyAdd(a3, d1, TOps.MultiplyAdd(b3, d2, TOps.Load(source + (5 * Points * stride)))));
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
            TVector m3 = TOps.Load(source + (3 * TOps.Width));
            TVector m4 = TOps.Load(source + (4 * TOps.Width));
            TVector s1 = TOps.Add(m1, m2);
            TVector d1 = TOps.Subtract(m1, m2);
            TVector s2 = TOps.Add(m3, m4);
            TVector d2 = TOps.Subtract(m3, m4);
            TVector y0 = TOps.Add(TOps.Add(TOps.Load(source), bias), TOps.Add(s1, s2));
            TOps.Store(y, TEpilogue.Apply(y0, residual));
            if (columns > 1)
            {
                TVector y1 = TOps.MultiplyAdd(a, d1, TOps.MultiplyAdd(b, d2, bias));
                TOps.Store(y + TOps.Width, TEpilogue.Apply(y1, residual + TOps.Width));
            }

            if (columns > 2)
            {
                TVector y2 = TOps.MultiplyAdd(a2, s1, TOps.MultiplyAdd(b2, s2, bias));
                TOps.Store(y + (2 * TOps.Width), TEpilogue.Apply(y2, residual + (2 * TOps.Width)));
            }

            if (columns > 3)
            {
                TVector last = TOps.Add(TOps.Load(source + (5 * TOps.Width)), bias);
                TVector y3 = TOps.MultiplyAdd(a3, d1, TOps.MultiplyAdd(b3, d2, last));
                TOps.Store(y + (3 * TOps.Width), TEpilogue.Apply(y3, residual + (3 * TOps.Width)));
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
