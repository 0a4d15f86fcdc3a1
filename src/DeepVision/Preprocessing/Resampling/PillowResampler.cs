using System.Buffers;

namespace DeepVision.Preprocessing.Resampling;

/// <summary>
/// Antialiased resampling of 8-bit RGB as Pillow does it: a horizontal pass over the rows that matter, rounded to bytes,
/// then a vertical one; an axis that keeps its length is not filtered.
/// </summary>
internal static class PillowResampler
{
    /// <summary>Pixels of padding in the horizontal weights: 8 pixels are the 24 bytes that one vector step takes.</summary>
    private const int HorizontalStep = 8;

    /// <param name="interpolation">An antialiasing filter.</param>
    /// <param name="source">The source's interleaved pixels.</param>
    /// <param name="window">The sizes, the part wanted, and the threads to use: they change the time only.</param>
    /// <param name="destination">Gets the window's interleaved pixels; at least <see cref="ResampleWindow.Slack"/> bytes longer than they are.</param>
    public static void Resample(Interpolation interpolation, ReadOnlySpan<byte> source, ResampleWindow window, Span<byte> destination)
    {
        bool horizontal = window.Resized.Width != window.Stored.Width;
        bool vertical = window.Resized.Height != window.Stored.Height;
        if (!vertical)
        {
            Horizontal(interpolation, source, window, window.Top, window.Height, destination);
            return;
        }

        using var weights = new PillowWeights(
            interpolation, window.Source.Height, window.Resized.Height, window.Top, window.Height, repeat: 1, granularity: 1, window.Rows);
        int sourceRow = 3 * window.Stored.Width;
        if (!horizontal)
        {
            PillowVerticalPass.Run(source[(3 * window.Left)..], sourceRow, 0, weights, 3 * window.Width, destination, window.Threads);
            return;
        }

        int firstRow = weights.Starts[0];
        int rows = weights.Starts[^1] + weights.Counts[^1] - firstRow;
        byte[] narrowed = ArrayPool<byte>.Shared.Rent(checked(3 * window.Width * rows + ResampleWindow.Slack));
        Horizontal(interpolation, source, window, firstRow, rows, narrowed);
        PillowVerticalPass.Run(narrowed, 3 * window.Width, firstRow, weights, 3 * window.Width, destination, window.Threads);
        ArrayPool<byte>.Shared.Return(narrowed);
    }

    private static void Horizontal(
        Interpolation interpolation, ReadOnlySpan<byte> source, ResampleWindow window, int firstRow, int rows, Span<byte> destination)
    {
        using var weights = new PillowWeights(
            interpolation, window.Source.Width, window.Resized.Width, window.Left, window.Width, repeat: 3, HorizontalStep, window.Columns);
        PillowHorizontalPass.Run(source, window.Stored.Width, firstRow, rows, weights, destination, window.Threads);
    }
}
