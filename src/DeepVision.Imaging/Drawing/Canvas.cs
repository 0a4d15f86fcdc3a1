using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Imaging.Drawing;

/// <summary>Filled rectangles and text on an image; whatever lies outside is cut off.</summary>
internal sealed class Canvas
{
    private readonly RgbImage _image;

    /// <exception cref="ArgumentException">The image was decoded at reduced size: results are in pixels that it does not have.</exception>
    public Canvas(RgbImage image)
    {
        var size = new ImageSize(image.Width, image.Height);
        if (image.FullSize != size)
        {
            throw new ArgumentException(
                $"The image holds {size} pixels of {image.FullSize}, reduced for a model; nothing can be drawn on it. Load the file without ReduceFor.",
                nameof(image));
        }

        _image = image;
    }

    public int Width => _image.Width;

    public int Height => _image.Height;

    /// <summary>Fills columns left to right - 1 of rows top to bottom - 1.</summary>
    public void Fill(long left, long top, long right, long bottom, RgbColor color)
    {
        int x1 = (int)Math.Clamp(left, 0, Width);
        int x2 = (int)Math.Clamp(right, 0, Width);
        int y1 = (int)Math.Clamp(top, 0, Height);
        int y2 = (int)Math.Clamp(bottom, 0, Height);
        if (x1 >= x2 || y1 >= y2)
        {
            return;
        }

        Span<byte> first = _image.Row(y1)[(3 * x1)..(3 * x2)];
        for (int i = 0; i < first.Length; i += 3)
        {
            first[i] = color.Red;
            first[i + 1] = color.Green;
            first[i + 2] = color.Blue;
        }

        for (int y = y1 + 1; y < y2; y++)
        {
            first.CopyTo(_image.Row(y)[(3 * x1)..]);
        }
    }

    /// <summary>The lines of a box, half inside and half outside of its edge.</summary>
    public void Frame(long left, long top, long right, long bottom, int lineWidth, RgbColor color)
    {
        int outside = lineWidth / 2;
        left -= outside;
        top -= outside;
        right += outside;
        bottom += outside;
        Fill(left, top, right, top + lineWidth, color);
        Fill(left, bottom - lineWidth, right, bottom, color);
        Fill(left, top, left + lineWidth, bottom, color);
        Fill(right - lineWidth, top, right, bottom, color);
    }

    /// <summary>One line of text whose first cell begins at (left, top).</summary>
    public void Text(long left, long top, string text, int scale, RgbColor color)
    {
        for (int i = 0; i < text.Length; i++)
        {
            long start = left + (long)i * BitmapFont.Advance * scale;
            if (start >= Width)
            {
                return;
            }

            for (int row = 0; row < BitmapFont.GlyphHeight; row++)
            {
                for (int column = 0; column < BitmapFont.GlyphWidth; column++)
                {
                    if (BitmapFont.HasInk(text[i], column, row))
                    {
                        Fill(
                            start + column * scale, top + row * scale, start + (column + 1) * scale, top + (row + 1) * scale, color);
                    }
                }
            }
        }
    }
}
