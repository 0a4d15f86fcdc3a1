namespace DeepVision.Imaging.Drawing;

/// <summary>Text on a background of its own, so that it reads on any picture.</summary>
internal readonly record struct TextLabel(string Text, int Scale)
{
    // Cells around the text. Two empty rows hang below most letters, so that the top needs one more than the bottom.
    private const int MarginX = 2;
    private const int MarginTop = 2;
    private const int MarginBottom = 0;

    public long Width => ((long)Text.Length * BitmapFont.Advance - 1 + 2 * MarginX) * Scale;

    public int Height => (BitmapFont.GlyphHeight + MarginTop + MarginBottom) * Scale;

    public void Draw(Canvas canvas, long left, long top, RgbColor background)
    {
        canvas.Fill(left, top, left + Width, top + Height, background);
        canvas.Text(left + MarginX * Scale, top + MarginTop * Scale, Text, Scale, ClassColors.TextOn(background));
    }

    /// <summary>The text with its end replaced by ".." so that the label is at most this wide.</summary>
    public TextLabel Shortened(long width)
    {
        if (Width <= width)
        {
            return this;
        }

        int characters = (int)Math.Max(0, (width / Scale + 1 - 2 * MarginX) / BitmapFont.Advance);
        return this with { Text = characters > 2 ? string.Concat(Text.AsSpan(0, characters - 2), "..") : Text[..characters] };
    }
}
