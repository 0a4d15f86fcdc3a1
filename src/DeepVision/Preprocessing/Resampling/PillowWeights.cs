using System.Buffers;

namespace DeepVision.Preprocessing.Resampling;

/// <summary>
/// The fixed-point weights of one axis: for each output position in a range, the first source position, and weights with
/// 22 fractional bits (32 less 8 for the pixel and 2 for the overshoot of filters with negative lobes).
/// </summary>
internal sealed class PillowWeights : IDisposable
{
    public const int FractionBits = 32 - 8 - 2;

    /// <summary>Half a unit of the result: added before shifting.</summary>
    public const int Rounding = 1 << (FractionBits - 1);

    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly int[] _weights;

    /// <param name="interpolation">An antialiasing filter.</param>
    /// <param name="sourceLength">The axis's length in the source.</param>
    /// <param name="resizedLength">Its length in the whole resized image.</param>
    /// <param name="first">The first output position wanted.</param>
    /// <param name="length">The number of output positions wanted.</param>
    /// <param name="repeat">How often each weight is written in a row: 3 where it is applied to interleaved bytes, else 1.</param>
    /// <param name="granularity">The stored weights of a position are padded with zeros to a multiple of this many source positions.</param>
    /// <param name="stored">Which positions of the source are stored.</param>
    public PillowWeights(
        Interpolation interpolation,
        int sourceLength,
        int resizedLength,
        int first,
        int length,
        int repeat,
        int granularity,
        StoredAxis stored)
    {
        double scale = (double)sourceLength / resizedLength;
        double filterScale = Math.Max(scale, 1.0);
        double support = PillowFilter.Support(interpolation) * filterScale;
        int most = Math.Min((int)Math.Ceiling(support) * 2 + 1, sourceLength);
        int kept = stored.MostFor(most);
        int padded = (kept + granularity - 1) / granularity * granularity;
        Stride = padded * repeat;
        _starts = ArrayPool<int>.Shared.Rent(length);
        _counts = ArrayPool<int>.Shared.Rent(length);
        _weights = ArrayPool<int>.Shared.Rent(checked(length * Stride));
        double[] exact = ArrayPool<double>.Shared.Rent(most);
        double[] reduced = ArrayPool<double>.Shared.Rent(kept);
        for (int i = 0; i < length; i++)
        {
            double center = (first + i + 0.5) * scale;
            int start = Math.Max((int)(center - support + 0.5), 0);
            int count = Math.Min((int)(center + support + 0.5), sourceLength) - start;
            double sum = 0;
            for (int k = 0; k < count; k++)
            {
                exact[k] = PillowFilter.Evaluate(interpolation, (k + start - center + 0.5) * (1.0 / filterScale));
                sum += exact[k];
            }

            for (int k = 0; k < count && sum != 0; k++)
            {
                exact[k] /= sum;
            }

            ReadOnlySpan<double> found = exact.AsSpan(0, count);
            if (stored.Factor > 1)
            {
                (start, count) = stored.CarryOver(start, found, reduced);
                found = reduced.AsSpan(0, count);
            }

            Span<int> weights = _weights.AsSpan(i * Stride, Stride);
            weights.Clear();
            for (int k = 0; k < count; k++)
            {
                weights.Slice(k * repeat, repeat).Fill(ToFixed(found[k]));
            }

            _starts[i] = start;
            _counts[i] = count;
        }

        ArrayPool<double>.Shared.Return(exact);
        ArrayPool<double>.Shared.Return(reduced);
        Length = length;
    }

    public int Length { get; }

    /// <summary>Stored weights for each output position.</summary>
    public int Stride { get; }

    /// <summary>The first source position of each output position; ascending.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Length);

    /// <summary>The number of source positions of each output position.</summary>
    public ReadOnlySpan<int> Counts => _counts.AsSpan(0, Length);

    public ReadOnlySpan<int> Weights => _weights.AsSpan(0, Length * Stride);

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_starts);
        ArrayPool<int>.Shared.Return(_counts);
        ArrayPool<int>.Shared.Return(_weights);
    }

    /// <summary>An accumulator as a pixel.</summary>
    public static byte ToPixel(int accumulator) => (byte)Math.Clamp(accumulator >> FractionBits, 0, 255);

    private static int ToFixed(double weight) =>
        weight < 0 ? (int)(-0.5 + (weight * (1 << FractionBits))) : (int)(0.5 + (weight * (1 << FractionBits)));
}
