using System.Buffers;

namespace DeepVision.Preprocessing.Resampling;

/// <summary>Takes the pixel under each output pixel's center, as Pillow does, whose positions are sums of the step.</summary>
internal static class NearestResampler
{
    public static void Resample(ReadOnlySpan<byte> source, ResampleWindow window, Span<byte> destination)
    {
        int[] columns = ArrayPool<int>.Shared.Rent(window.Width);
        int[] rows = ArrayPool<int>.Shared.Rent(window.Height);
        Positions(window.Source.Width, window.Resized.Width, window.Left, columns.AsSpan(0, window.Width));
        Positions(window.Source.Height, window.Resized.Height, window.Top, rows.AsSpan(0, window.Height));
        int output = 0;
        for (int y = 0; y < window.Height; y++)
        {
            ReadOnlySpan<byte> row = source.Slice(rows[y] * 3 * window.Source.Width, 3 * window.Source.Width);
            foreach (int column in columns.AsSpan(0, window.Width))
            {
                row.Slice(3 * column, 3).CopyTo(destination[output..]);
                output += 3;
            }
        }

        ArrayPool<int>.Shared.Return(columns);
        ArrayPool<int>.Shared.Return(rows);
    }

    // The sum is carried along instead of multiplied out, so that it rounds as the original's does.
    private static void Positions(int sourceLength, int resizedLength, int first, Span<int> positions)
    {
        double step = (double)sourceLength / resizedLength;
        double position = step * 0.5;
        for (int i = 0; i < first + positions.Length; i++, position += step)
        {
            if (i >= first)
            {
                positions[i - first] = Math.Min((int)position, sourceLength - 1);
            }
        }
    }
}
