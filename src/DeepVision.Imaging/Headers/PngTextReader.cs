using System.IO.Compression;

namespace DeepVision.Imaging.Headers;

/// <summary>
/// The text chunks of a PNG file that orientation is kept in: the XMP packet, and the hexadecimal profiles that ImageMagick and ExifTool
/// write. Others are never unpacked, and all together give no more than twice <see cref="XmpReader.MaxBytes"/>.
/// </summary>
internal ref struct PngTextReader
{
    private const int MaxKeyword = 79;
    private int _left = 2 * XmpReader.MaxBytes;

    public PngTextReader()
    {
    }

    public void Add(ReadOnlySpan<byte> type, ReadOnlySpan<byte> body, ref OrientationTags tags)
    {
        bool plain = type.SequenceEqual("tEXt"u8);
        bool packed = type.SequenceEqual("zTXt"u8);
        bool international = type.SequenceEqual("iTXt"u8);
        int keyword = plain || packed || international ? body[..Math.Min(body.Length, MaxKeyword + 1)].IndexOf((byte)0) : -1;
        if (keyword <= 0)
        {
            return;
        }

        ReadOnlySpan<byte> name = body[..keyword];
        bool xmp = name.SequenceEqual("XML:com.adobe.xmp"u8);
        bool profile = name.StartsWith("Raw profile type "u8);
        if (!xmp && !profile)
        {
            return;
        }

        ReadOnlySpan<byte> text = body[(keyword + 1)..];
        if (packed)
        {
            text = text.Length > 1 && text[0] == 0 ? Inflate(text[1..]) : [];
        }
        else if (international)
        {
            text = International(text);
        }

        if (xmp)
        {
            tags.AddXmp(text);
            return;
        }

        ReadOnlySpan<byte> bytes = FromHex(text);
        ReadOnlySpan<byte> kind = name["Raw profile type ".Length..];
        if (kind.SequenceEqual("xmp"u8))
        {
            tags.AddXmp(bytes);
        }
        else if (kind.SequenceEqual("exif"u8))
        {
            tags.AddExif(bytes);
        }
        else if (kind.SequenceEqual("APP1"u8))
        {
            tags.AddApp1(bytes);
        }
    }

    // Compression flag and method, then language and translated keyword, each ended by a zero.
    private ReadOnlySpan<byte> International(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
        {
            return [];
        }

        bool compressed = text[0] == 1;
        text = text[2..];
        for (int i = 0; i < 2; i++)
        {
            int end = text.IndexOf((byte)0);
            if (end < 0)
            {
                return [];
            }

            text = text[(end + 1)..];
        }

        return compressed ? Inflate(text) : text;
    }

    private ReadOnlySpan<byte> Inflate(ReadOnlySpan<byte> compressed)
    {
        byte[] target = new byte[Math.Min(XmpReader.MaxBytes, Math.Max(0, _left))];
        int length = 0;
        using ZLibStream inflate = new(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
        try
        {
            while (length < target.Length && inflate.Read(target.AsSpan(length)) is > 0 and int read)
            {
                length += read;
            }
        }
        catch (InvalidDataException)
        {
            // What came before the damage may say it.
        }

        _left -= length;
        return target.AsSpan(0, length);
    }

    // "\nexif\n      66\n" and then pairs of digits with line feeds between.
    private static ReadOnlySpan<byte> FromHex(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, XmpReader.MaxBytes)];
        for (int line = 0; line < 3; line++)
        {
            int end = text.IndexOf((byte)'\n');
            if (end < 0)
            {
                return [];
            }

            // The profile's name and length stand between line feeds; the first of these begins the text.
            text = text[(end + 1)..];
        }

        byte[] bytes = new byte[text.Length / 2];
        int length = 0;
        int high = -1;
        foreach (byte character in text)
        {
            int digit = char.IsAsciiHexDigit((char)character) ? HexValue(character) : -1;
            if (digit < 0)
            {
                continue;
            }

            if (high < 0)
            {
                high = digit;
            }
            else
            {
                bytes[length++] = (byte)(high << 4 | digit);
                high = -1;
            }
        }

        return bytes.AsSpan(0, length);
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
