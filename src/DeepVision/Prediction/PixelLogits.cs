using System.Buffers;
using System.Numerics;
using DeepVision.Detections;
using DeepVision.Preprocessing;

namespace DeepVision.Prediction;

/// <summary>The class logits of an image tensor's pixels, read at the pixels of the source image. Immutable and thread-safe.</summary>
internal sealed class PixelLogits
{
    private readonly ReadOnlyMemory<float> _logits;
    private readonly int _classes;
    private readonly int _width;
    private readonly int _plane;
    private readonly SourceAxis _columns;
    private readonly SourceAxis _rows;

    /// <param name="logits">(K, H, W) of the tensor.</param>
    /// <param name="classes">K.</param>
    /// <param name="geometry">How the image was prepared.</param>
    internal PixelLogits(ReadOnlyMemory<float> logits, int classes, PreparedGeometry geometry)
    {
        _logits = logits;
        _classes = classes;
        _width = geometry.Tensor.Width;
        _plane = checked((int)geometry.Tensor.Area);
        _columns = new SourceAxis(
            geometry.Source.Width, geometry.Resized.Width, geometry.CropLeft, geometry.Content.Width, geometry.OffsetX);
        _rows = new SourceAxis(
            geometry.Source.Height, geometry.Resized.Height, geometry.CropTop, geometry.Content.Height, geometry.OffsetY);
    }

    /// <summary>A copy that stands on memory of its own.</summary>
    internal PixelLogits(PixelLogits other)
    {
        _logits = other._logits.ToArray();
        _classes = other._classes;
        _width = other._width;
        _plane = other._plane;
        _columns = other._columns;
        _rows = other._rows;
    }

    /// <summary>The class of the largest logit at each pixel of the source; the first of equal ones. NaN is never the largest.</summary>
    internal ushort[] Classes(int threads)
    {
        var classes = new ushort[checked(_rows.Length * _columns.Length)];
        ForEachRow(threads, (y, row) => Largest(row, classes.AsSpan(y * _columns.Length, _columns.Length)));
        return classes;
    }

    /// <summary>The probability of one class at each pixel of the source, by softmax over all.</summary>
    internal float[] Probabilities(int classIndex, int threads)
    {
        var probabilities = new float[checked(_rows.Length * _columns.Length)];
        ForEachRow(threads, (y, row) => Softmax(row, classIndex, probabilities.AsSpan(y * _columns.Length, _columns.Length)));
        return probabilities;
    }

    // Each row's logits, (K, columns), come in memory that belongs to the thread.
    private void ForEachRow(int threads, Action<int, Memory<float>> work) => Parallel.For(
        0,
        _rows.Length,
        new ParallelOptions { MaxDegreeOfParallelism = threads },
        () => ArrayPool<float>.Shared.Rent((_classes * _columns.Length) + _width),
        (y, _, buffer) =>
        {
            Memory<float> row = buffer.AsMemory(0, _classes * _columns.Length);
            Read(y, row.Span, buffer.AsSpan(row.Length, _width));
            work(y, row);
            return buffer;
        },
        buffer => ArrayPool<float>.Shared.Return(buffer));

    private void Read(int y, Span<float> row, Span<float> mixed)
    {
        ReadOnlySpan<int> first = _columns.First;
        ReadOnlySpan<int> second = _columns.Second;
        ReadOnlySpan<float> part = _columns.Part;
        for (int k = 0; k < _classes; k++)
        {
            ReadOnlySpan<float> plane = _logits.Span.Slice(k * _plane, _plane);
            Mix(plane.Slice(_rows.First[y] * _width, _width), plane.Slice(_rows.Second[y] * _width, _width), _rows.Part[y], mixed);
            Span<float> target = row.Slice(k * part.Length, part.Length);
            for (int x = 0; x < target.Length; x++)
            {
                target[x] = (mixed[first[x]] * (1f - part[x])) + (mixed[second[x]] * part[x]);
            }
        }
    }

    private static void Mix(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, float part, Span<float> mixed)
    {
        int x = 0;
        for (; x <= mixed.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            ((new Vector<float>(upper[x..]) * (1f - part)) + (new Vector<float>(lower[x..]) * part)).CopyTo(mixed[x..]);
        }

        for (; x < mixed.Length; x++)
        {
            mixed[x] = (upper[x] * (1f - part)) + (lower[x] * part);
        }
    }

    private void Largest(Memory<float> row, Span<ushort> classes)
    {
        // Small integers are exact as floats, so that values and indices are selected by the same mask.
        int columns = classes.Length;
        float[] winners = ArrayPool<float>.Shared.Rent(columns);
        Array.Clear(winners, 0, columns);
        Span<float> best = row.Span[..columns];
        for (int x = 0; x < columns; x++)
        {
            best[x] = float.IsNaN(best[x]) ? float.NegativeInfinity : best[x];
        }

        for (int k = 1; k < _classes; k++)
        {
            ReadOnlySpan<float> logits = row.Span.Slice(k * columns, columns);
            int x = 0;
            for (; x <= columns - Vector<float>.Count; x += Vector<float>.Count)
            {
                var value = new Vector<float>(logits[x..]);
                var largest = new Vector<float>(best[x..]);
                Vector<int> isLarger = Vector.GreaterThan(value, largest);
                Vector.ConditionalSelect(isLarger, value, largest).CopyTo(best[x..]);
                Vector.ConditionalSelect(isLarger, new Vector<float>(k), new Vector<float>(winners, x)).CopyTo(winners, x);
            }

            for (; x < columns; x++)
            {
                if (logits[x] > best[x])
                {
                    (best[x], winners[x]) = (logits[x], k);
                }
            }
        }

        for (int x = 0; x < columns; x++)
        {
            classes[x] = (ushort)winners[x];
        }

        ArrayPool<float>.Shared.Return(winners);
    }

    private void Softmax(Memory<float> row, int classIndex, Span<float> probabilities)
    {
        int columns = probabilities.Length;
        for (int x = 0; x < columns; x++)
        {
            float largest = float.NegativeInfinity;
            for (int k = 0; k < _classes; k++)
            {
                largest = MathF.Max(largest, row.Span[(k * columns) + x]);
            }

            float sum = 0;
            for (int k = 0; k < _classes; k++)
            {
                sum += Logistic.Exp(row.Span[(k * columns) + x] - largest);
            }

            probabilities[x] = Logistic.Exp(row.Span[(classIndex * columns) + x] - largest) / sum;
        }
    }
}
