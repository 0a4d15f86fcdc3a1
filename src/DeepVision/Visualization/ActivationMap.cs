using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Visualization;

/// <summary>
/// How much each place of an image mattered, 0 to 1, on the coarse grid of a feature map. Knows where the grid lies on the
/// image it was made for. Immutable and thread-safe.
/// </summary>
public sealed class ActivationMap
{
    private readonly float[] _values;
    private readonly PreparedGeometry _geometry;

    /// <summary>Makes a map from scores of any scale: the largest becomes 1, what is not above 0, and NaN, becomes 0.</summary>
    /// <param name="scores">Rows from top to bottom, <paramref name="width"/> x <paramref name="height"/> of them; copied.</param>
    /// <param name="width">Columns of the grid, which covers the whole prepared tensor.</param>
    /// <param name="height">Rows of the grid.</param>
    /// <param name="geometry">How the image was prepared.</param>
    /// <exception cref="ArgumentException">The number of scores is not <c>width * height</c>.</exception>
    public ActivationMap(ReadOnlySpan<float> scores, int width, int height, PreparedGeometry geometry)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(geometry);
        if (scores.Length != (long)width * height)
        {
            throw new ArgumentException($"A map of {width} x {height} has {(long)width * height} scores; found {scores.Length}.", nameof(scores));
        }

        Width = width;
        Height = height;
        _geometry = geometry;
        _values = new float[scores.Length];
        float largest = 0;
        foreach (float score in scores)
        {
            largest = score > largest ? score : largest;
        }

        for (int i = 0; i < _values.Length && largest > 0; i++)
        {
            // Where the largest is infinite, only its equals matter.
            _values[i] = !(scores[i] > 0) ? 0 : float.IsInfinity(largest) ? (scores[i] == largest ? 1 : 0) : scores[i] / largest;
        }
    }

    /// <summary>Columns of the grid.</summary>
    public int Width { get; }

    /// <summary>Rows of the grid.</summary>
    public int Height { get; }

    /// <summary>The values, 0 to 1, rows from top to bottom; the largest is 1 unless all are 0.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The size of the image that the map was made for.</summary>
    public ImageSize Source => _geometry.Source;

    /// <summary>
    /// The map at the image's own size, bilinear between the middles of the grid's cells. What the preprocessing cut off has 0.
    /// </summary>
    /// <returns>Rows from top to bottom, one value for each pixel of <see cref="Source"/>.</returns>
    public float[] ToSource()
    {
        (int Left, float Part)[] columns =
            Places(Source.Width, _geometry.SourcePerX, _geometry.OffsetX, _geometry.CropLeft, _geometry.Content.Width, _geometry.Tensor.Width, Width);
        (int Left, float Part)[] rows =
            Places(Source.Height, _geometry.SourcePerY, _geometry.OffsetY, _geometry.CropTop, _geometry.Content.Height, _geometry.Tensor.Height, Height);
        var result = new float[Source.Area];
        for (int y = 0; y < rows.Length; y++)
        {
            (int top, float down) = rows[y];
            for (int x = 0; x < columns.Length && top >= 0; x++)
            {
                (int left, float right) = columns[x];
                if (left >= 0)
                {
                    int lower = Math.Min(top + 1, Height - 1) * Width;
                    int next = Math.Min(left + 1, Width - 1);
                    float above = _values[(top * Width) + left] + (right * (_values[(top * Width) + next] - _values[(top * Width) + left]));
                    float below = _values[lower + left] + (right * (_values[lower + next] - _values[lower + left]));
                    result[(y * Source.Width) + x] = above + (down * (below - above));
                }
            }
        }

        return result;
    }

    // For each pixel of the source the cell before it and its part of the way to the next; -1 where it was cut off.
    private static (int Cell, float Part)[] Places(int pixels, float scale, int offset, int crop, int content, int tensor, int cells)
    {
        var places = new (int, float)[pixels];
        for (int i = 0; i < pixels; i++)
        {
            float inContent = ((i + 0.5f) / scale) - crop;
            float cell = Math.Clamp(((inContent + offset) * cells / tensor) - 0.5f, 0, cells - 1);
            places[i] = inContent >= 0 && inContent <= content ? ((int)cell, cell - (int)cell) : (-1, 0);
        }

        return places;
    }
}
