using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Imaging.Drawing;

/// <summary>Draws results on an image, in place. Unless given, sizes fit the image: a line is about 1/300 of its size, a letter 1/45.</summary>
public static class ImageDrawing
{
    private const double SizesPerLine = 300;
    private const double SizesPerCell = 320;
    private static readonly RgbColor s_captionBackground = new(24, 24, 24);

    /// <summary>
    /// Draws boxes, then their labels, so that no line crosses a text. A label stands above its box, inside where there is no room above,
    /// and is moved and, at last, shortened to stay on the image.
    /// </summary>
    /// <param name="image">The picture, which is changed.</param>
    /// <param name="boxes">Drawn in their order; the last one lies on top.</param>
    /// <param name="options">Line width and text size; null means <see cref="DrawingOptions.Default"/>.</param>
    public static void DrawBoxes(RgbImage image, IEnumerable<BoxAnnotation> boxes, DrawingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(boxes);
        Canvas canvas = new(image);
        int lineWidth = LineWidth(image, options);
        int scale = TextScale(image, options?.TextScale);
        BoxAnnotation[] finite = [.. boxes.Where(IsFinite)];
        foreach (BoxAnnotation box in finite)
        {
            (long left, long top, long right, long bottom) = Edges(box);

            // A dark rim keeps the line visible on a picture of its own color. On the smallest pictures it would hide too much.
            int rim = lineWidth < 2 ? 0 : (lineWidth + 2) / 4;
            canvas.Frame(left, top, right, bottom, lineWidth + 2 * rim, RgbColor.Black);
            canvas.Frame(left, top, right, bottom, lineWidth, ClassColors.ForIndex(box.ColorIndex));
        }

        foreach (BoxAnnotation box in finite)
        {
            DrawLabel(canvas, box, lineWidth, scale);
        }
    }

    /// <summary>Draws a square dot for each point, as wide as a box's line, with a dark rim. Points that are not finite are left out.</summary>
    /// <param name="image">The picture, which is changed.</param>
    /// <param name="points">Where, in pixels from the image's top left corner.</param>
    /// <param name="colorIndex">Usually the class index: the same index always has the same color.</param>
    /// <param name="options">Line width; null means <see cref="DrawingOptions.Default"/>.</param>
    public static void DrawPoints(RgbImage image, IEnumerable<Landmark> points, int colorIndex, DrawingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(points);
        Canvas canvas = new(image);
        int width = LineWidth(image, options);

        // As a box's line, a dot of one pixel has no rim.
        int rim = width < 2 ? 0 : 1;
        foreach (Landmark point in points)
        {
            if (MathF.Abs(point.X) < 1e9f && MathF.Abs(point.Y) < 1e9f)
            {
                long left = (long)MathF.Floor(point.X) - (width / 2);
                long top = (long)MathF.Floor(point.Y) - (width / 2);
                canvas.Fill(left - rim, top - rim, left + width + rim, top + width + rim, RgbColor.Black);
                canvas.Fill(left, top, left + width, top + width, ClassColors.ForIndex(colorIndex));
            }
        }
    }

    /// <summary>Writes lines of text along the top of the image, on a dark band; what does not fit is cut and ends in "..".</summary>
    /// <param name="image">The picture, which is changed.</param>
    /// <param name="text">The text; line feeds begin new lines. Other characters than ASCII show as '?'.</param>
    /// <param name="options">Text size; null means <see cref="DrawingOptions.Default"/>.</param>
    public static void DrawCaption(RgbImage image, string text, DrawingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(text);
        Canvas canvas = new(image);
        int scale = TextScale(image, options?.TextScale);
        long top = 0;
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            TextLabel label = new TextLabel(BitmapFont.Displayable(line), scale).Shortened(canvas.Width);
            canvas.Fill(0, top, canvas.Width, top + label.Height, s_captionBackground);
            label.Draw(canvas, 0, top, s_captionBackground);
            top += label.Height;
            if (top >= canvas.Height)
            {
                return;
            }
        }
    }

    private static void DrawLabel(Canvas canvas, BoxAnnotation box, int lineWidth, int scale)
    {
        if (string.IsNullOrEmpty(box.Label))
        {
            return;
        }

        (long left, long top, long right, long bottom) = Edges(box);
        if (right < 0 || bottom < 0 || left > canvas.Width || top > canvas.Height)
        {
            return;
        }

        TextLabel label = new TextLabel(BitmapFont.Displayable(box.Label), scale).Shortened(canvas.Width);
        int outside = lineWidth / 2;
        long x = Math.Clamp(left - outside, 0, Math.Max(0, canvas.Width - label.Width));
        long above = top - outside - label.Height;
        long y = Math.Clamp(above >= 0 ? above : Math.Max(0, top - outside), 0, Math.Max(0, canvas.Height - label.Height));
        label.Draw(canvas, x, y, ClassColors.ForIndex(box.ColorIndex));
    }

    private static (long Left, long Top, long Right, long Bottom) Edges(BoxAnnotation box) => (
        (long)MathF.Round(MathF.Min(box.X1, box.X2)),
        (long)MathF.Round(MathF.Min(box.Y1, box.Y2)),
        (long)MathF.Round(MathF.Max(box.X1, box.X2)),
        (long)MathF.Round(MathF.Max(box.Y1, box.Y2)));

    // Beyond a billion pixels nothing can be seen, and sums of edges must stay exact.
    private static bool IsFinite(BoxAnnotation box) =>
        MathF.Abs(box.X1) < 1e9f && MathF.Abs(box.Y1) < 1e9f && MathF.Abs(box.X2) < 1e9f && MathF.Abs(box.Y2) < 1e9f;

    private static int LineWidth(RgbImage image, DrawingOptions? options) =>
        options?.LineWidth ?? Math.Max(1, (int)Math.Round(Size(image) / SizesPerLine));

    internal static int TextScale(RgbImage image, int? stated) =>
        stated ?? Math.Max(1, (int)Math.Round(Size(image) / SizesPerCell));

    // Between the sides, so that neither a panorama nor a tall strip has giant letters.
    private static double Size(RgbImage image) => Math.Sqrt((double)image.Width * image.Height);
}
