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
    private const string Tag = ":Orientation";

    // Bounds, so that a packet made of nothing but names is not searched through for each of them.
    private const int MaxPrefix = 64;
    private const int MaxPrefixes = 16;
    private const int MaxAttributes = 1024;

    /// <summary>1 to 8, or 0 where the packet does not say.</summary>
    public static int Orientation(ReadOnlySpan<byte> packet)
    {
        string text = Text(packet[..Math.Min(packet.Length, MaxBytes)]);
        HashSet<string> prefixes = Prefixes(text);
        for (int at = text.IndexOf(Tag, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Tag, at + 1, StringComparison.Ordinal))
        {
            int start = at;
            while (start > 0 && at - start < MaxPrefix && text[start - 1] != '<' && !char.IsWhiteSpace(text[start - 1]))
            {
                start--;
            }

            if (start > 0 && prefixes.Contains(text[start..at]) && Value(text, at + Tag.Length) is >= 1 and <= 8 and int value)
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

    // Each name that is bound to TIFF's namespace, and the usual one, which some programs do not bind.
    private static HashSet<string> Prefixes(string text)
    {
        HashSet<string> found = ["tiff"];
        for (int uri = text.IndexOf(TiffNamespace, StringComparison.Ordinal);
            uri >= 0 && found.Count < MaxPrefixes;
            uri = text.IndexOf(TiffNamespace, uri + 1, StringComparison.Ordinal))
        {
            ReadOnlySpan<char> before = text.AsSpan(0, uri).TrimEnd("\"'");
            before = before[Math.Max(0, before.Length - 2 * MaxPrefix)..].TrimEnd();
            int name = before.LastIndexOf("xmlns:", StringComparison.Ordinal);
            if (name >= 0 && before.EndsWith("="))
            {
                found.Add(before[(name + 6)..^1].Trim().ToString());
            }
        }

        return found;
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
            int close = text.AsSpan(at, Math.Min(MaxAttributes, text.Length - at)).IndexOf('>') is var length and >= 0 ? at + length : -1;
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
