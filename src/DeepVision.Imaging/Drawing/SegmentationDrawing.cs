using System.Globalization;
using DeepVision.Imaging.Drawing;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Imaging;

/// <summary>A segmentation drawn over the image that it was made for.</summary>
public static class SegmentationDrawing
{
    /// <summary>
    /// Blends each pixel with its class's color, and lists the classes with their colors and shares of the image at the bottom left,
    /// the largest first. Changes the image.
    /// </summary>
    /// <param name="image">The image that was given to the model.</param>
    /// <param name="segmentation">The classes of its pixels.</param>
    /// <param name="options">Opacity, background and legend; null for the defaults.</param>
    /// <exception cref="ArgumentException">The segmentation was made for an image of another size.</exception>
    public static void DrawSegmentation(this RgbImage image, Segmentation segmentation, SegmentationDrawingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(segmentation);
        if (segmentation.ImageSize != new ImageSize(image.Width, image.Height))
        {
            throw new ArgumentException(
                $"The segmentation was made for an image of {segmentation.ImageSize}; this one has {image.Width} x {image.Height}.",
                nameof(segmentation));
        }

        options ??= new SegmentationDrawingOptions();
        Blend(image, segmentation, options);
        DrawLegend(image, segmentation, options);
    }

    // A table of 256 blended values for each class and channel: no arithmetic remains for a pixel.
    private static void Blend(RgbImage image, Segmentation segmentation, SegmentationDrawingOptions options)
    {
        var tables = new byte[segmentation.Labels.Count][];
        Span<byte> pixels = image.Pixels;
        ReadOnlySpan<ushort> classes = segmentation.Classes;
        for (int i = 0; i < classes.Length; i++)
        {
            if (classes[i] == options.Background)
            {
                continue;
            }

            byte[] table = tables[classes[i]] ??= BlendTable(ClassColors.ForIndex(classes[i]), options.Opacity);
            pixels[3 * i] = table[pixels[3 * i]];
            pixels[(3 * i) + 1] = table[256 + pixels[(3 * i) + 1]];
            pixels[(3 * i) + 2] = table[512 + pixels[(3 * i) + 2]];
        }
    }

    private static byte[] BlendTable(RgbColor color, float opacity)
    {
        byte[] channels = [color.Red, color.Green, color.Blue];
        var table = new byte[3 * 256];
        for (int i = 0; i < table.Length; i++)
        {
            int under = i & 255;
            table[i] = (byte)(under + (opacity * (channels[i >> 8] - under)) + 0.5f);
        }

        return table;
    }

    private static void DrawLegend(RgbImage image, Segmentation segmentation, SegmentationDrawingOptions options)
    {
        int[] counts = segmentation.CountPixels();
        int[] listed =
        [
            .. Enumerable.Range(0, counts.Length)
                .Where(index => counts[index] > 0 && index != options.Background && counts[index] >= options.LegendShare * segmentation.Classes.Length)
                .OrderByDescending(index => counts[index]),
        ];
        var canvas = new Canvas(image);
        int scale = ImageDrawing.TextScale(image, options.TextScale);
        long bottom = image.Height;
        for (int i = listed.Length - 1; i >= 0; i--)
        {
            double share = 100.0 * counts[listed[i]] / segmentation.Classes.Length;
            string text = string.Create(CultureInfo.InvariantCulture, $"{segmentation.Labels[listed[i]]} {share:0.0} %");
            TextLabel label = new TextLabel(BitmapFont.Displayable(text), scale).Shortened(image.Width);
            bottom -= label.Height;
            label.Draw(canvas, 0, bottom, ClassColors.ForIndex(listed[i]));
        }
    }
}
