using System.Buffers;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>
/// RoIAlign without the half-pixel shift, as <c>torchvision.ops.roi_align(aligned=False)</c>: every bin of a region is the mean of a
/// grid of points, each interpolated between four pixels. Weights of rows and columns multiply, so rows are mixed first, many
/// columns at a time, and columns afterwards. The same bits on every instruction set. No memory is allocated.
/// </summary>
internal static class RoiAlign
{
    private const int MostOnStack = 512;

    /// <summary>Cuts one region out of one image's map.</summary>
    /// <param name="map">The map, (C, H, W).</param>
    /// <param name="size">H and W.</param>
    /// <param name="scale">Pixels of the map for one of the image.</param>
    /// <param name="box">The region in pixels of the image; its coordinates are finite.</param>
    /// <param name="options">Bins and points.</param>
    /// <param name="destination">Receives (C, OutputSize, OutputSize).</param>
    internal static void Pool(
        ReadOnlySpan<float> map, SpatialSize size, float scale, Box box, RoiAlignOptions options, Span<float> destination)
    {
        int taps = RoiAxis.TapCount(options);
        Span<int> pixels = taps <= MostOnStack ? stackalloc int[2 * taps] : new int[2 * taps];
        Span<float> weights = taps <= MostOnStack ? stackalloc float[2 * taps] : new float[2 * taps];
        Span<int> rows = pixels[..taps];
        Span<int> columns = pixels[taps..];
        RoiAxis.Fill(box.Y1 * scale, box.Y2 * scale, size.Height, options, rows, weights[..taps]);
        RoiAxis.Fill(box.X1 * scale, box.X2 * scale, size.Width, options, columns, weights[taps..]);

        (int left, int width) = ShiftToFirst(columns);

        float[]? rented = width <= MostOnStack ? null : ArrayPool<float>.Shared.Rent(width);
        Span<float> mixed = rented is null ? stackalloc float[MostOnStack] : rented;
        var work = new Work(rows, weights[..taps], columns, weights[taps..], mixed[..width], options);
        int plane = size.Height * size.Width;
        int bins = options.OutputSize * options.OutputSize;
        int channels = destination.Length / bins;
        Debug.Assert(map.Length == channels * plane && destination.Length == channels * bins, "One output channel for each of the map's.");
        for (int c = 0; c < channels; c++)
        {
            work.PoolChannel(map.Slice((c * plane) + left, plane - left), size.Width, destination.Slice(c * bins, bins));
        }

        if (rented is not null)
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    /// <summary>Counts columns from the first one used; gives that one, and how many there are up to the last.</summary>
    private static (int First, int Count) ShiftToFirst(Span<int> columns)
    {
        int first = int.MaxValue;
        int last = 0;
        foreach (int column in columns)
        {
            first = Math.Min(first, column);
            last = Math.Max(last, column);
        }

        foreach (ref int column in columns)
        {
            column -= first;
        }

        return (first, last - first + 1);
    }

    /// <summary>The taps of one region, and room for one row of mixed columns.</summary>
    private readonly ref struct Work(
        ReadOnlySpan<int> rows,
        ReadOnlySpan<float> rowWeights,
        ReadOnlySpan<int> columns,
        ReadOnlySpan<float> columnWeights,
        Span<float> mixed,
        RoiAlignOptions options)
    {
        private readonly ReadOnlySpan<int> _rows = rows;
        private readonly ReadOnlySpan<float> _rowWeights = rowWeights;
        private readonly ReadOnlySpan<int> _columns = columns;
        private readonly ReadOnlySpan<float> _columnWeights = columnWeights;
        private readonly Span<float> _mixed = mixed;
        private readonly int _bins = options.OutputSize;
        private readonly int _tapsOfBin = 2 * options.SamplingRatio;
        private readonly float _points = options.SamplingRatio * options.SamplingRatio;

        /// <param name="source">The channel's plane, from the region's first column on.</param>
        /// <param name="stride">Columns of the plane.</param>
        /// <param name="destination">The channel's bins.</param>
        internal void PoolChannel(ReadOnlySpan<float> source, int stride, Span<float> destination)
        {
            for (int y = 0; y < _bins; y++)
            {
                int tap = y * _tapsOfBin;
                if (_tapsOfBin == 4)
                {
                    MixFourRows(source, stride, tap);
                }
                else
                {
                    MixRows(source, stride, tap);
                }

                MixColumns(destination.Slice(y * _bins, _bins));
            }
        }

        // The usual two points a bin: four rows at once.
        private void MixFourRows(ReadOnlySpan<float> source, int stride, int tap)
        {
            ref float first = ref MemoryMarshal.GetReference(source.Slice(_rows[tap] * stride, _mixed.Length));
            ref float second = ref MemoryMarshal.GetReference(source.Slice(_rows[tap + 1] * stride, _mixed.Length));
            ref float third = ref MemoryMarshal.GetReference(source.Slice(_rows[tap + 2] * stride, _mixed.Length));
            ref float fourth = ref MemoryMarshal.GetReference(source.Slice(_rows[tap + 3] * stride, _mixed.Length));
            ref float target = ref MemoryMarshal.GetReference(_mixed);
            float w0 = _rowWeights[tap];
            float w1 = _rowWeights[tap + 1];
            float w2 = _rowWeights[tap + 2];
            float w3 = _rowWeights[tap + 3];
            int x = 0;
            for (; x <= _mixed.Length - Vector<float>.Count; x += Vector<float>.Count)
            {
                Vector<float> sum = (Vector.LoadUnsafe(ref first, (nuint)x) * w0) + (Vector.LoadUnsafe(ref second, (nuint)x) * w1);
                sum += (Vector.LoadUnsafe(ref third, (nuint)x) * w2) + (Vector.LoadUnsafe(ref fourth, (nuint)x) * w3);
                sum.StoreUnsafe(ref target, (nuint)x);
            }

            for (; x < _mixed.Length; x++)
            {
                float sum = (Unsafe.Add(ref first, x) * w0) + (Unsafe.Add(ref second, x) * w1);
                sum += (Unsafe.Add(ref third, x) * w2) + (Unsafe.Add(ref fourth, x) * w3);
                Unsafe.Add(ref target, x) = sum;
            }
        }

        // Any number of points: pairs of rows in the same order.
        private void MixRows(ReadOnlySpan<float> source, int stride, int tap)
        {
            _mixed.Clear();
            for (int k = 0; k < _tapsOfBin; k += 2)
            {
                ReadOnlySpan<float> low = source.Slice(_rows[tap + k] * stride, _mixed.Length);
                ReadOnlySpan<float> high = source.Slice(_rows[tap + k + 1] * stride, _mixed.Length);
                for (int x = 0; x < low.Length; x++)
                {
                    _mixed[x] += (low[x] * _rowWeights[tap + k]) + (high[x] * _rowWeights[tap + k + 1]);
                }
            }
        }

        private void MixColumns(Span<float> destination)
        {
            ref float mixed = ref MemoryMarshal.GetReference(_mixed);
            ref int columns = ref MemoryMarshal.GetReference(_columns);
            ref float weights = ref MemoryMarshal.GetReference(_columnWeights);
            int tap = 0;
            for (int x = 0; x < destination.Length; x++)
            {
                // Every column lies within the mixed row, which reaches from the first to the last of them.
                float sum = 0;
                for (int end = tap + _tapsOfBin; tap < end; tap++)
                {
                    sum += Unsafe.Add(ref mixed, Unsafe.Add(ref columns, tap)) * Unsafe.Add(ref weights, tap);
                }

                destination[x] = sum / _points;
            }
        }
    }
}
