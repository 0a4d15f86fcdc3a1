using System.Text;

namespace DeepVision.Imaging.Headers;

/// <summary>
/// Finds tiff:Orientation in an XMP packet, as attribute or element, under whichever prefix stands for TIFF's namespace. Packets are often
/// cut, padded or not quite XML, so they are searched and not parsed: nothing is expanded, and what cannot be followed counts as not there.
/// </summary>
internal static class XmpReader
{
    /// <summary>Beyond this a packet is history and thumbnails.</summary>
    public const int MaxBytes = 1 << 20;

    private const string TiffNamespace = "http://ns.adobe.com/tiff/1.0/";

    /// <summary>1 to 8, or 0 where the packet does not say.</summary>
    public static int Orientation(ReadOnlySpan<byte> packet)
    {
        string text = Text(packet[..Math.Min(packet.Length, MaxBytes)]);
        string name = Prefix(text) + ":Orientation";
        for (int at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            bool starts = at > 0 && (text[at - 1] == '<' || char.IsWhiteSpace(text[at - 1]));
            if (starts && Value(text, at + name.Length) is >= 1 and <= 8 and int value)
            {
                return value;
            }
        }

        return 0;
    }

    // Zero bytes between letters give UTF-16 away, with a mark or without.
    private static string Text(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < 2)
        {
            return "";
        }

        bool big = (packet[0] == 0xFE && packet[1] == 0xFF) || (packet[0] == 0 && packet[1] != 0);
        bool little = (packet[0] == 0xFF && packet[1] == 0xFE) || (packet[0] != 0 && packet[1] == 0);
        return (big ? Encoding.BigEndianUnicode : little ? Encoding.Unicode : Encoding.Latin1).GetString(packet);
    }

    private static string Prefix(string text)
    {
        int uri = text.IndexOf(TiffNamespace, StringComparison.Ordinal);
        int end = uri < 2 ? -1 : text.LastIndexOf('=', uri - 1);
        int start = end < 0 ? -1 : text.LastIndexOf("xmlns:", end, StringComparison.Ordinal);
        string prefix = start < 0 ? "" : text[(start + 6)..end].Trim();
        return prefix.Length is 0 or > 64 ? "tiff" : prefix;
    }

    // Behind the name: ="6" or ='6', or the end of a tag and the number.
    private static int Value(string text, int at)
    {
        SkipSpace(text, ref at);
        if (at < text.Length && text[at] == '=')
        {
            at++;
            SkipSpace(text, ref at);
            if (at >= text.Length || text[at] is not ('"' or '\''))
            {
                return 0;
            }
        }
        else
        {
            int close = at < text.Length ? text.IndexOf('>', at) : -1;
            if (close < 0 || text[close - 1] == '/' || (close > at && !char.IsWhiteSpace(text[at - 1]) && text[at] != '>'))
            {
                return 0;
            }

            at = close;
        }

        at++;
        SkipSpace(text, ref at);
        int value = 0;
        for (int digits = 0; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            value = ++digits > 4 ? 9999 : 10 * value + (text[at] - '0');
        }

        return value;
    }

    private static void SkipSpace(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }
    }
}
