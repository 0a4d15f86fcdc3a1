using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Visualization;

/// <summary>A feature map's channels side by side as a gray picture, each stretched from its smallest value to its largest.</summary>
public static class FeatureMapSheet
{
    private const int Gap = 1;
    private const byte GapGray = 128;

    /// <summary>Draws the sheet.</summary>
    /// <param name="map">The map (N, C, H, W).</param>
    /// <param name="options">Which channels, and how large; null for the defaults.</param>
    /// <exception cref="ArgumentException">The tensor is no map.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or the sheet would be larger than an image may be.</exception>
    public static RgbImage Draw(HostTensor map, FeatureMapSheetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Shape.Rank != 4)
        {
            throw new ArgumentException($"Expected a map (N, C, H, W); found a tensor of {map.Shape}.", nameof(map));
        }

        options ??= new FeatureMapSheetOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxChannels, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Scale, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.ImageIndex, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(options.ImageIndex, map.Shape.Batch, nameof(options));
        int channels = Math.Min(options.MaxChannels, map.Shape.Channels);
        int across = options.Columns ?? (int)Math.Ceiling(Math.Sqrt(channels));
        ArgumentOutOfRangeException.ThrowIfLessThan(across, 1, nameof(options));
        int down = (int)(((long)channels + across - 1) / across);
        long wholeWidth = Side(across, map.Shape.Width, options.Scale);
        long wholeHeight = Side(down, map.Shape.Height, options.Scale);
        if (wholeWidth > RgbImage.MaxSide || wholeHeight > RgbImage.MaxSide)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                $"{channels} channels of {map.Shape.Width} x {map.Shape.Height} pixels, {across} in a row at scale {options.Scale}, make a sheet of "
                + $"{wholeWidth} x {wholeHeight}; an image has sides of at most {RgbImage.MaxSide}. Draw fewer channels, or at a smaller scale.");
        }

        int scale = options.Scale;
        int width = map.Shape.Width * scale;
        int height = map.Shape.Height * scale;
        var sheet = new RgbImage((int)wholeWidth, (int)wholeHeight);
        sheet.Pixels.Fill(GapGray);
        int pixels = map.Shape.Height * map.Shape.Width;
        for (int c = 0; c < channels; c++)
        {
            ReadOnlySpan<float> plane = map.Values.Slice(((options.ImageIndex * map.Shape.Channels) + c) * pixels, pixels);
            Draw(sheet, plane, map.Shape.Width, c % across * (width + Gap), c / across * (height + Gap), scale);
        }

        return sheet;
    }

    // Saturates: the product of three ints may be more than a long holds.
    private static long Side(int count, int pixels, int scale) =>
        (long)Int128.Min(((Int128)count * (((Int128)pixels * scale) + Gap)) - Gap, long.MaxValue);

    private static void Draw(RgbImage sheet, ReadOnlySpan<float> plane, int width, int left, int top, int scale)
    {
        float least = float.PositiveInfinity;
        float most = float.NegativeInfinity;
        foreach (float value in plane)
        {
            least = value < least ? value : least;
            most = value > most ? value : most;
        }

        for (int y = 0; y < plane.Length / width * scale; y++)
        {
            Span<byte> row = sheet.Row(top + y);
            for (int x = 0; x < width * scale; x++)
            {
                float value = plane[(y / scale * width) + (x / scale)];
                float share = most > least ? (value - least) / (most - least) : 0;
                row.Slice(3 * (left + x), 3).Fill((byte)Math.Clamp(MathF.Round(255 * (float.IsNaN(share) ? 0 : share)), 0, 255));
            }
        }
    }
}
