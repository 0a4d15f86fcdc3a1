using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Visualization;

/// <summary>A feature map's channels side by side as a grey picture, each stretched from its smallest value to its largest.</summary>
public static class FeatureMapSheet
{
    private const int Gap = 1;
    private const byte GapGrey = 128;

    /// <summary>Draws the sheet.</summary>
    /// <param name="map">The map (N, C, H, W).</param>
    /// <param name="columns">Channels in a row; null for about as many as rows.</param>
    /// <param name="maxChannels">How many channels, from the first; at least 1. Default 64.</param>
    /// <param name="scale">Pixels a side for one pixel of the map; at least 1. Default 4.</param>
    /// <param name="image">Which image of the batch.</param>
    /// <exception cref="ArgumentException">The tensor is no map.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or the sheet would be larger than an image may be.</exception>
    public static RgbImage Draw(HostTensor map, int? columns = null, int maxChannels = 64, int scale = 4, int image = 0)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Shape.Rank != 4)
        {
            throw new ArgumentException($"Expected a map (N, C, H, W); found a tensor of {map.Shape}.", nameof(map));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(maxChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(image);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(image, map.Shape.Batch);
        int channels = Math.Min(maxChannels, map.Shape.Channels);
        int across = columns ?? (int)Math.Ceiling(Math.Sqrt(channels));
        ArgumentOutOfRangeException.ThrowIfLessThan(across, 1, nameof(columns));
        int down = (channels + across - 1) / across;
        int width = map.Shape.Width * scale;
        int height = map.Shape.Height * scale;
        var sheet = new RgbImage(checked((across * (width + Gap)) - Gap), checked((down * (height + Gap)) - Gap));
        sheet.Pixels.Fill(GapGrey);
        int pixels = map.Shape.Height * map.Shape.Width;
        for (int c = 0; c < channels; c++)
        {
            ReadOnlySpan<float> plane = map.Values.Slice(((image * map.Shape.Channels) + c) * pixels, pixels);
            Draw(sheet, plane, map.Shape.Width, c % across * (width + Gap), c / across * (height + Gap), scale);
        }

        return sheet;
    }

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
