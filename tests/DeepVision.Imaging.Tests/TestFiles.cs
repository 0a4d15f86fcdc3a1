using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Tests;

/// <summary>Image files put together here, with what public bug reports found in them.</summary>
internal static class TestFiles
{
    public static byte[] Encode(RgbImage image, ImageFormat format, ImageSaveOptions? options = null)
    {
        using MemoryStream stream = new();
        ImageFile.Save(image, stream, format, options);
        return stream.ToArray();
    }

    /// <summary>A PNG file of 4 x 2 with further chunks behind IHDR.</summary>
    public static byte[] PngWith(params (string Type, byte[] Body)[] chunks)
    {
        byte[] png = Encode(TestImages.Noise(4, 2, seed: 3), ImageFormat.Png);
        return [.. png[..33], .. chunks.SelectMany(chunk => Chunk(chunk.Type, chunk.Body)), .. png[33..]];
    }

    /// <summary>A JPEG file of 4 x 2 with further APP1 segments at its begin.</summary>
    public static byte[] JpegWith(params byte[][] segments)
    {
        byte[] jpeg = Encode(TestImages.Noise(4, 2, seed: 3), ImageFormat.Jpeg);
        return
        [
            .. jpeg[..2],
            .. segments.SelectMany(body => (byte[])[0xFF, 0xE1, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body]),
            .. jpeg[2..],
        ];
    }

    /// <summary>A WebP file of 4 x 2 in its extended form, with further chunks behind the picture.</summary>
    public static byte[] WebPWith(params (string Type, byte[] Body)[] chunks)
    {
        byte[] simple = Encode(TestImages.Noise(4, 2, seed: 3), ImageFormat.WebP, new ImageSaveOptions { Lossless = true });
        byte[] picture = simple[12..];
        byte[] extended = RiffChunk("VP8X", [0x0C, 0, 0, 0, 3, 0, 0, 1, 0, 0]);
        byte[] body = [.. "WEBP"u8, .. extended, .. picture, .. chunks.SelectMany(chunk => RiffChunk(chunk.Type, chunk.Body))];
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, body.Length);
        return [.. "RIFF"u8, .. length, .. body];
    }

    /// <summary>A TIFF structure that holds an orientation, or another tag.</summary>
    public static byte[] Exif(int orientation, int tag = 0x0112) =>
        [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, (byte)tag, (byte)(tag >> 8), 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];

    public static byte[] XmpAttribute(int orientation) => Encoding.UTF8.GetBytes(
        $"""<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="{orientation}"/></rdf:RDF></x:xmpmeta>""");

    public static byte[] XmpElement(int orientation, string prefix = "tiff") => Encoding.UTF8.GetBytes(
        $"""<rdf:Description xmlns:{prefix}='http://ns.adobe.com/tiff/1.0/'><{prefix}:Orientation> {orientation} </{prefix}:Orientation></rdf:Description>""");

    /// <summary>The text of a profile as ImageMagick writes it.</summary>
    public static byte[] RawProfile(string name, byte[] profile)
    {
        string digits = Convert.ToHexStringLower(profile);
        IEnumerable<string> lines = digits.Chunk(72).Select(line => new string(line));
        return Encoding.ASCII.GetBytes($"\n{name}\n{profile.Length,8}\n{string.Join('\n', lines)}\n");
    }

    public static byte[] ITxt(byte[] text, bool compressed) =>
        [.. "XML:com.adobe.xmp\0"u8, (byte)(compressed ? 1 : 0), 0, 0, 0, .. compressed ? Deflate(text) : text];

    public static byte[] Text(string keyword, byte[] text, bool compressed) =>
        [.. Encoding.ASCII.GetBytes(keyword), 0, .. compressed ? [0, .. Deflate(text)] : text];

    public static byte[] Deflate(byte[] bytes)
    {
        using MemoryStream target = new();
        using (ZLibStream deflate = new(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(bytes);
        }

        return target.ToArray();
    }

    private static byte[] RiffChunk(string type, byte[] body)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, body.Length);
        return [.. Encoding.ASCII.GetBytes(type), .. length, .. body, .. new byte[body.Length & 1]];
    }

    private static byte[] Chunk(string type, byte[] body)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, body.Length);
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. body];
        uint crc = 0xFFFFFFFF;
        foreach (byte value in named)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
            }
        }

        byte[] sum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, ~crc);
        return [.. length, .. named, .. sum];
    }
}
