using System.Numerics;
using System.Runtime.CompilerServices;

namespace DeepVision.Preprocessing.Resampling;

/// <summary>The vertical pass: each output row is a weighted sum of source rows, the same weights for every byte of it.</summary>
internal static class PillowVerticalPass
{
    /// <param name="source">Rows of bytes, the first of them <paramref name="firstRow"/>.</param>
    /// <param name="sourceStride">Bytes from one row to the next.</param>
    /// <param name="firstRow">The number that the weights give to the first row.</param>
    /// <param name="weights">One entry for each output row.</param>
    /// <param name="rowBytes">Bytes of a row to produce.</param>
    /// <param name="destination">Gets the rows, without gaps.</param>
    /// <param name="threads">The most threads to use.</param>
    public static unsafe void Run(
        ReadOnlySpan<byte> source,
        int sourceStride,
        int firstRow,
        PillowWeights weights,
        int rowBytes,
        Span<byte> destination,
        int threads)
    {
        fixed (byte* sourceStart = source, destinationStart = destination)
        {
            // The caller's memory stays in place until all threads are done.
            nint from = (nint)sourceStart;
            nint to = (nint)destinationStart;
            int sourceLength = source.Length;
            int destinationLength = destination.Length;
            long read = (long)weights.Length * weights.Stride * rowBytes;
            RowBands.Run(weights.Length, read, threads, (first, end) => RunRows(
                new ReadOnlySpan<byte>((byte*)from, sourceLength), sourceStride, firstRow, weights, rowBytes,
                new Span<byte>((byte*)to, destinationLength), first, end));
        }
    }

    private static void RunRows(
        ReadOnlySpan<byte> source,
        int sourceStride,
        int firstRow,
        PillowWeights weights,
        int rowBytes,
        Span<byte> destination,
        int first,
        int end)
    {
        for (int y = first; y < end; y++)
        {
            ReadOnlySpan<int> rowWeights = weights.Weights.Slice(y * weights.Stride, weights.Counts[y]);
            ReadOnlySpan<byte> rows = source[((weights.Starts[y] - firstRow) * sourceStride)..];
            Span<byte> row = destination.Slice(y * rowBytes, rowBytes);
            int x = Vector.IsHardwareAccelerated ? RunVectors(rows, sourceStride, rowWeights, row) : 0;
            for (; x < rowBytes; x++)
            {
                int sum = PillowWeights.Rounding;
                for (int k = 0; k < rowWeights.Length; k++)
                {
                    sum += rows[(k * sourceStride) + x] * rowWeights[k];
                }

                row[x] = PillowWeights.ToPixel(sum);
            }
        }
    }

    /// <summary>One vector of bytes at a time: its four quarters, widened to 32 bits, are four accumulators in registers.</summary>
    private static int RunVectors(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<int> weights, Span<byte> row)
    {
        int width = Vector<byte>.Count;
        int x = 0;
        ref readonly byte origin = ref rows[0];
        for (; x <= row.Length - width; x += width)
        {
            var sum0 = new Vector<int>(PillowWeights.Rounding);
            Vector<int> sum1 = sum0;
            Vector<int> sum2 = sum0;
            Vector<int> sum3 = sum0;
            nuint offset = (nuint)x;
            for (int k = 0; k < weights.Length; k++, offset += (nuint)stride)
            {
                Vector<byte> pixels = Vector.LoadUnsafe(in origin, offset);
                Vector.Widen(pixels, out Vector<ushort> low, out Vector<ushort> high);
                Vector.Widen(low, out Vector<uint> part0, out Vector<uint> part1);
                Vector.Widen(high, out Vector<uint> part2, out Vector<uint> part3);
                var weight = new Vector<int>(weights[k]);
                sum0 += Vector.AsVectorInt32(part0) * weight;
                sum1 += Vector.AsVectorInt32(part1) * weight;
                sum2 += Vector.AsVectorInt32(part2) * weight;
                sum3 += Vector.AsVectorInt32(part3) * weight;
            }

            Vector<ushort> lower = Vector.Narrow(ToPixels(sum0), ToPixels(sum1));
            Vector<ushort> upper = Vector.Narrow(ToPixels(sum2), ToPixels(sum3));
            Vector.Narrow(lower, upper).StoreUnsafe(ref row[x]);
        }

        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> ToPixels(Vector<int> sum) =>
        Vector.AsVectorUInt32(Vector.Min(Vector.Max(sum >> PillowWeights.FractionBits, Vector<int>.Zero), new Vector<int>(255)));
}
