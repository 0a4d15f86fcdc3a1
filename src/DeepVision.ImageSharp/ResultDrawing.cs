using System.Runtime.InteropServices;
using DeepVision.Imaging;
using DeepVision.Imaging.Drawing;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Advanced;
using SixLabors.ImageSharp.PixelFormats;

namespace DeepVision.ImageSharp;

/// <summary>
/// Results drawn on the ImageSharp image that they were found in, on its first frame and in place. Pixels that are drawn on become opaque;
/// all others stay as they are, to the last bit of their format.
/// </summary>
public static class ResultDrawing
{
    /// <summary>Draws a box for each detection, labeled with class and score, and a dot for each landmark.</summary>
    /// <param name="image">The image that was given to the model.</param>
    /// <param name="detections">What the model found.</param>
    /// <param name="options">Line width, text size and so on; null for the defaults.</param>
    public static void DrawDetections(this Image image, IEnumerable<Detection> detections, DrawingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(detections);
        Draw(image, pixels => pixels.DrawDetections(detections, options));
    }

    /// <summary>Blends each pixel with its class's color, and lists the classes with their shares at the bottom left.</summary>
    /// <param name="image">The image that was given to the model.</param>
    /// <param name="segmentation">The classes of its pixels.</param>
    /// <param name="options">Opacity, background and legend; null for the defaults.</param>
    /// <exception cref="ArgumentException">The segmentation was made for an image of another size.</exception>
    public static void DrawSegmentation(this Image image, Segmentation segmentation, SegmentationDrawingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(segmentation);
        Draw(image, pixels => pixels.DrawSegmentation(segmentation, options));
    }

    /// <summary>Writes lines of text along the top of the image, on a dark band: a classifier's labels, for example.</summary>
    /// <param name="image">The image.</param>
    /// <param name="text">The text; line feeds begin new lines. Other characters than ASCII show as '?'.</param>
    /// <param name="options">Text size; null for the defaults.</param>
    public static void DrawCaption(this Image image, string text, DrawingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        Draw(image, pixels => ImageDrawing.DrawCaption(pixels, text, options));
    }

    private static void Draw(Image image, Action<RgbImage> draw)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (ImageConversion.Shared(image) is { } shared)
        {
            draw(shared);
            return;
        }

        RgbImage before = image.ToRgbImage();
        RgbImage drawn = before.Clone();
        draw(drawn);
        image.AcceptVisitor(new ChangesVisitor(before, drawn));
    }

    // Writes back what was drawn on and nothing else: the rest may hold more than 8 bits, or alpha.
    private sealed class ChangesVisitor(RgbImage before, RgbImage drawn) : IImageVisitor
    {
        public void Visit<TPixel>(Image<TPixel> image)
            where TPixel : unmanaged, IPixel<TPixel>
        {
            var converted = new TPixel[image.Width];
            image.ProcessPixelRows(rows =>
            {
                for (int y = 0; y < rows.Height; y++)
                {
                    ReadOnlySpan<Rgb24> old = MemoryMarshal.Cast<byte, Rgb24>(before.Row(y));
                    ReadOnlySpan<Rgb24> changed = MemoryMarshal.Cast<byte, Rgb24>(drawn.Row(y));
                    if (old.SequenceEqual(changed))
                    {
                        continue;
                    }

                    PixelOperations<TPixel>.Instance.FromRgb24(Configuration.Default, changed, converted);
                    Span<TPixel> target = rows.GetRowSpan(y);
                    for (int x = 0; x < target.Length; x++)
                    {
                        target[x] = old[x].Equals(changed[x]) ? target[x] : converted[x];
                    }
                }
            });
        }
    }
}
