using DeepVision.Imaging.Drawing;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Visualization;

namespace DeepVision.Imaging;

/// <summary>Activation maps drawn over the image they were made for.</summary>
public static class ActivationMapDrawing
{
    private const int Shades = 256;

    /// <summary>Lays a map over the image in colors from dark blue (0) to red (1). Changes the image.</summary>
    /// <param name="image">The image that was given to the model.</param>
    /// <param name="map">The map.</param>
    /// <param name="opacity">How much of each pixel is the map's color, 0 to 1.</param>
    /// <exception cref="ArgumentException">The map was made for an image of another size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The opacity is not in 0 to 1.</exception>
    public static void DrawActivationMap(this RgbImage image, ActivationMap map, float opacity = 0.5f)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(map);
        if (opacity is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(opacity), opacity, "An opacity lies in 0 to 1.");
        }

        if (map.Source != new ImageSize(image.Width, image.Height))
        {
            throw new ArgumentException($"The map was made for an image of {map.Source}; this one has {image.Width} x {image.Height}.", nameof(map));
        }

        RgbColor[] colors = [.. Enumerable.Range(0, Shades).Select(shade => HeatColors.Of(shade / (Shades - 1f)))];
        float[] values = map.ToSource();
        Span<byte> pixels = image.Pixels;
        for (int i = 0; i < values.Length; i++)
        {
            RgbColor color = colors[(int)((values[i] * (Shades - 1)) + 0.5f)];
            pixels[3 * i] = Blend(pixels[3 * i], color.Red, opacity);
            pixels[(3 * i) + 1] = Blend(pixels[(3 * i) + 1], color.Green, opacity);
            pixels[(3 * i) + 2] = Blend(pixels[(3 * i) + 2], color.Blue, opacity);
        }
    }

    private static byte Blend(byte under, byte over, float opacity) => (byte)(under + (opacity * (over - under)) + 0.5f);
}
