namespace DeepVision.Imaging.Drawing;

/// <summary>A fixed-width font of 5 x 9 cells with one cell between characters; other than ASCII shows as '?'.</summary>
internal static class BitmapFont
{
    public const int GlyphWidth = 5;
    public const int GlyphHeight = 9;
    public const int Advance = GlyphWidth + 1;
    public const char First = ' ';
    public const char Last = '~';

    private static readonly ulong[] s_glyphs = Array.ConvertAll(BitmapFontGlyphs.Rows, Pack);

    /// <summary>Whether a cell of a character has ink.</summary>
    public static bool HasInk(char character, int column, int row)
    {
        char shown = character is >= First and <= Last ? character : '?';
        return (s_glyphs[shown - First] >> (row * GlyphWidth + column) & 1) != 0;
    }

    /// <summary>What is drawn for a text: one character for each that a reader sees as one, in one line.</summary>
    public static string Displayable(string text)
    {
        System.Text.StringBuilder shown = new(text.Length);
        foreach (System.Text.Rune rune in text.EnumerateRunes())
        {
            shown.Append(rune.Value is >= First and <= Last ? (char)rune.Value : System.Text.Rune.IsWhiteSpace(rune) ? ' ' : '?');
        }

        return shown.ToString();
    }

    // Bit 5 * row + column.
    private static ulong Pack(string rows)
    {
        ulong bits = 0;
        string cells = rows.Replace(" ", "", StringComparison.Ordinal);
        for (int i = 0; i < cells.Length; i++)
        {
            bits |= cells[i] == '#' ? 1UL << i : 0;
        }

        return bits;
    }
}
