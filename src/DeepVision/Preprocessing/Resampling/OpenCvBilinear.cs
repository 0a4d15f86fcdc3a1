using System.Buffers;

namespace DeepVision.Preprocessing.Resampling;

/// <summary>
/// Bilinear without antialiasing on bytes with 11-bit weights, as OpenCV's <c>INTER_LINEAR</c>: rows are interpolated to
/// 19-bit integers, then combined with the low bits dropped in the same places. Halving both sides exactly is a mean of four.
/// </summary>
internal static class OpenCvBilinear
{
    private const int One = 1 << 11;

    public static void Resample(ReadOnlySpan<byte> source, ResampleWindow window, Span<byte> destination)
    {
        if (window.Source.Width == 2 * (long)window.Resized.Width && window.Source.Height == 2 * (long)window.Resized.Height)
        {
            Halve(source, window, destination);
            return;
        }

        int rowLength = 3 * window.Width;
        int[] columns = ArrayPool<int>.Shared.Rent(window.Width);
        int[] weights = ArrayPool<int>.Shared.Rent(window.Width);
        int[] upper = ArrayPool<int>.Shared.Rent(rowLength);
        int[] lower = ArrayPool<int>.Shared.Rent(rowLength);
        for (int x = 0; x < window.Width; x++)
        {
            (int column, float fraction) = Position(window.Source.Width, window.Resized.Width, window.Left + x);
            if (column < 0)
            {
                (column, fraction) = (0, 0f);
            }
            else if (column >= window.Source.Width - 1)
            {
                (column, fraction) = (window.Source.Width - 1, 0f);
            }

            columns[x] = column;
            weights[x] = ToFixed(fraction);
        }

        int upperRow = -1;
        int lowerRow = -1;
        for (int y = 0; y < window.Height; y++)
        {
            (int row, float fraction) = Position(window.Source.Height, window.Resized.Height, window.Top + y);
            int row0 = Math.Clamp(row, 0, window.Source.Height - 1);
            int row1 = Math.Clamp(row + 1, 0, window.Source.Height - 1);
            if (row0 == lowerRow && row0 != upperRow)
            {
                (upper, lower) = (lower, upper);
                (upperRow, lowerRow) = (lowerRow, upperRow);
            }

            if (row0 != upperRow)
            {
                InterpolateRow(source, window, row0, columns, weights, upper);
                upperRow = row0;
            }

            if (row1 != lowerRow)
            {
                InterpolateRow(source, window, row1, columns, weights, lower);
                lowerRow = row1;
            }

            Combine(
                upper.AsSpan(0, rowLength), lower.AsSpan(0, rowLength), ToFixed(1f - fraction), ToFixed(fraction),
                destination.Slice(y * rowLength, rowLength));
        }

        ArrayPool<int>.Shared.Return(columns);
        ArrayPool<int>.Shared.Return(weights);
        ArrayPool<int>.Shared.Return(upper);
        ArrayPool<int>.Shared.Return(lower);
    }

    private static (int Index, float Fraction) Position(int sourceLength, int resizedLength, int position)
    {
        double scale = 1.0 / ((double)resizedLength / sourceLength);
        float exact = (float)(((position + 0.5) * scale) - 0.5);
        int index = (int)MathF.Floor(exact);
        return (index, exact - index);
    }

    private static int ToFixed(float weight) => (int)MathF.Round(weight * One, MidpointRounding.ToEven);

    private static void InterpolateRow(
        ReadOnlySpan<byte> source, ResampleWindow window, int y, int[] columns, int[] weights, int[] output)
    {
        ReadOnlySpan<byte> row = source.Slice(y * 3 * window.Source.Width, 3 * window.Source.Width);
        int last = window.Source.Width - 1;
        for (int x = 0, o = 0; x < window.Width; x++, o += 3)
        {
            int right = weights[x];
            int left = One - right;
            ReadOnlySpan<byte> pixel0 = row.Slice(3 * columns[x], 3);
            ReadOnlySpan<byte> pixel1 = row.Slice(3 * Math.Min(columns[x] + 1, last), 3);
            output[o] = (pixel0[0] * left) + (pixel1[0] * right);
            output[o + 1] = (pixel0[1] * left) + (pixel1[1] * right);
            output[o + 2] = (pixel0[2] * left) + (pixel1[2] * right);
        }
    }

    private static void Combine(ReadOnlySpan<int> upper, ReadOnlySpan<int> lower, int weight0, int weight1, Span<byte> output)
    {
        for (int x = 0; x < output.Length; x++)
        {
            output[x] = (byte)(((((upper[x] >> 4) * weight0) >> 16) + (((lower[x] >> 4) * weight1) >> 16) + 2) >> 2);
        }
    }

    private static void Halve(ReadOnlySpan<byte> source, ResampleWindow window, Span<byte> destination)
    {
        int stride = 3 * window.Source.Width;
        for (int y = 0; y < window.Height; y++)
        {
            ReadOnlySpan<byte> upper = source.Slice(2 * (window.Top + y) * stride, stride)[(6 * window.Left)..];
            ReadOnlySpan<byte> lower = source.Slice((2 * (window.Top + y) + 1) * stride, stride)[(6 * window.Left)..];
            Span<byte> row = destination.Slice(3 * window.Width * y, 3 * window.Width);
            for (int x = 0, s = 0; x < row.Length; x += 3, s += 6)
            {
                for (int c = 0; c < 3; c++)
                {
                    row[x + c] = (byte)((upper[s + c] + upper[s + c + 3] + lower[s + c] + lower[s + c + 3] + 2) >> 2);
                }
            }
        }
    }
}
