using System.Buffers;
using System.Numerics;

namespace DeepVision.Preprocessing.Resampling;

/// <summary>
/// Bilinear without antialiasing on normalized float32, as PyTorch's <c>interpolate</c> with half-pixel centers: first
/// along rows, then between two of them. Source rows are normalized and narrowed once, as they are needed.
/// </summary>
/// <remarks>Multiplications and additions are fused where PyTorch's compiler fuses them, so that the results are its own, bit for bit.</remarks>
internal static class TorchBilinear
{
    /// <param name="source">The source's interleaved pixels.</param>
    /// <param name="window">The sizes and the part wanted.</param>
    /// <param name="table">Normalized values of each plane's 256 bytes.</param>
    /// <param name="sourceChannels">The source channel of each plane.</param>
    /// <param name="destination">The planes, from the first pixel to write.</param>
    /// <param name="rowStride">Values from one row of a plane to the next.</param>
    /// <param name="planeStride">Values from one plane to the next.</param>
    public static void Resample(
        ReadOnlySpan<byte> source,
        ResampleWindow window,
        ReadOnlySpan<float> table,
        ReadOnlySpan<int> sourceChannels,
        Span<float> destination,
        int rowStride,
        int planeStride)
    {
        int rowLength = 3 * window.Width;
        Tap[] columns = ArrayPool<Tap>.Shared.Rent(window.Width);
        float[] upper = ArrayPool<float>.Shared.Rent(rowLength);
        float[] lower = ArrayPool<float>.Shared.Rent(rowLength);
        for (int x = 0; x < window.Width; x++)
        {
            columns[x] = Tap.At(window.Source.Width, window.Resized.Width, window.Left + x);
        }

        int upperRow = -1;
        int lowerRow = -1;
        for (int y = 0; y < window.Height; y++)
        {
            Tap row = Tap.At(window.Source.Height, window.Resized.Height, window.Top + y);
            if (row.Index0 == lowerRow && row.Index0 != upperRow)
            {
                (upper, lower) = (lower, upper);
                (upperRow, lowerRow) = (lowerRow, upperRow);
            }

            if (row.Index0 != upperRow)
            {
                InterpolateRow(source, window, row.Index0, columns, table, sourceChannels, upper);
                upperRow = row.Index0;
            }

            if (row.Index1 != lowerRow)
            {
                InterpolateRow(source, window, row.Index1, columns, table, sourceChannels, lower);
                lowerRow = row.Index1;
            }

            for (int plane = 0; plane < 3; plane++)
            {
                Combine(
                    upper.AsSpan(plane * window.Width, window.Width), lower.AsSpan(plane * window.Width, window.Width), row.Weight0,
                    row.Weight1, destination.Slice((plane * planeStride) + (y * rowStride), window.Width));
            }
        }

        ArrayPool<Tap>.Shared.Return(columns);
        ArrayPool<float>.Shared.Return(upper);
        ArrayPool<float>.Shared.Return(lower);
    }

    private static void InterpolateRow(
        ReadOnlySpan<byte> source,
        ResampleWindow window,
        int y,
        Tap[] columns,
        ReadOnlySpan<float> table,
        ReadOnlySpan<int> sourceChannels,
        float[] output)
    {
        ReadOnlySpan<byte> row = source.Slice(y * 3 * window.Source.Width, 3 * window.Source.Width);
        for (int plane = 0; plane < 3; plane++)
        {
            ReadOnlySpan<float> values = table.Slice(plane * 256, 256);
            ReadOnlySpan<byte> channel = row[sourceChannels[plane]..];
            Span<float> narrowed = output.AsSpan(plane * window.Width, window.Width);
            for (int x = 0; x < narrowed.Length; x++)
            {
                ref readonly Tap tap = ref columns[x];
                narrowed[x] = MathF.FusedMultiplyAdd(
                    values[channel[3 * tap.Index0]], tap.Weight0, values[channel[3 * tap.Index1]] * tap.Weight1);
            }
        }
    }

    private static void Combine(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, float weight0, float weight1, Span<float> output)
    {
        int x = 0;
        if (Vector.IsHardwareAccelerated)
        {
            for (; x <= output.Length - Vector<float>.Count; x += Vector<float>.Count)
            {
                Vector<float> sum = Vector.FusedMultiplyAdd(
                    new Vector<float>(upper[x..]), new Vector<float>(weight0), new Vector<float>(lower[x..]) * weight1);
                sum.CopyTo(output[x..]);
            }
        }

        for (; x < output.Length; x++)
        {
            output[x] = MathF.FusedMultiplyAdd(upper[x], weight0, lower[x] * weight1);
        }
    }

    /// <summary>Two neighbors on one axis and their weights.</summary>
    private readonly record struct Tap(int Index0, int Index1, float Weight0, float Weight1)
    {
        public static Tap At(int sourceLength, int resizedLength, int position)
        {
            if (sourceLength == resizedLength)
            {
                return new Tap(position, position, 1f, 0f);
            }

            // PyTorch's step is a float32, but its compiled position carries more digits than that; double precision gives
            // the same weights, bit for bit.
            double step = (float)sourceLength / resizedLength;
            double exact = Math.Max((step * (position + 0.5)) - 0.5, 0.0);
            int index0 = Math.Min((int)exact, sourceLength - 1);
            int index1 = Math.Min(index0 + 1, sourceLength - 1);
            float weight1 = (float)Math.Min(exact - index0, 1.0);
            return new Tap(index0, index1, 1f - weight1, weight1);
        }
    }
}
