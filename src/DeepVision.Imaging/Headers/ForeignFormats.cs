using System.Text;

namespace DeepVision.Imaging.Headers;

/// <summary>Names what people take for a readable image, with what to do about it.</summary>
internal static class ForeignFormats
{
    private const string Known = "JPEG (FF D8 FF), PNG (89 50 4E 47 0D 0A 1A 0A), WebP (RIFF....WEBP), BMP (BM) or GIF (GIF87a, GIF89a)";
    private const string Convert = "Convert it to JPEG or PNG with another program";
    private const string Frames = "Take its frames out as images, for example: ffmpeg -i video.mp4 frame-%04d.png";
    private const string Export = "Export the picture from the program that made it as JPEG or PNG.";

    /// <summary>The exception for content of no known format.</summary>
    public static ImageFileException Refusal(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
        {
            return new ImageFileException(
                ImageFileReason.UnknownFormat,
                "The file is empty: expected an image; found no bytes at all. It was perhaps never written to its end; fetch or save it again.");
        }

        string bytes = System.Convert.ToHexString(file[..Math.Min(8, file.Length)]);
        return Name(file) is var (name, remedy)
            ? new ImageFileException(ImageFileReason.UnknownFormat, $"The content is {name}, which is not read here: expected {Known}; found {bytes}. {remedy}")
            : new ImageFileException(
                ImageFileReason.UnknownFormat, $"The content is of no known image format: expected {Known}; found {bytes}. {Convert}.");
    }

    private static (string Name, string Remedy)? Name(ReadOnlySpan<byte> file)
    {
        if (file.Length >= 12 && file[4..].StartsWith("ftyp"u8))
        {
            return Container(file);
        }

        return file switch
        {
            _ when file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8) || file.StartsWith("II+\0"u8) || file.StartsWith("MM\0+"u8)
                => ("a TIFF image (or a camera's raw file)", $"{Convert}, for example: magick picture.tif picture.png"),
            _ when file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || file[Math.Min(4, file.Length)..].StartsWith("JXL "u8)
                => ("a JPEG XL image", $"{Convert}, for example: djxl picture.jxl picture.png"),
            _ when file[Math.Min(4, file.Length)..].StartsWith("jP  "u8) || file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51])
                => ("a JPEG 2000 image", $"{Convert}."),
            _ when file.StartsWith("8BPS"u8) => ("a Photoshop document (PSD)", Export),
            _ when file.StartsWith("gimp xcf"u8) => ("a GIMP document (XCF)", Export),
            _ when !file.ContainsAnyExcept((byte)0) => ("nothing but zero bytes", "Its download or copy was perhaps broken off; fetch it again."),
            _ when file.Length >= 6 && file[4] != 0 && (file.StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0]) || file.StartsWith((ReadOnlySpan<byte>)[0, 0, 2, 0]))
                => ("a Windows icon or cursor", $"{Convert}."),
            _ when file.StartsWith("%PDF"u8) => ("a PDF document", "Render its pages as PNG, for example: pdftoppm -png document.pdf page"),
            _ when file.StartsWith("%!PS"u8) => ("a PostScript document", "Render it as PNG with another program."),
            _ when file.StartsWith("PK\x3\x4"u8) => ("a ZIP archive (or an office document)", "Unpack it and load the images in it."),
            _ when file.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) => ("a gzip archive", "Unpack it and load the images in it."),
            _ when file.StartsWith("BZh"u8) || file.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z']) || file.StartsWith((ReadOnlySpan<byte>)[(byte)'7', (byte)'z', 0xBC])
                || file.StartsWith("Rar!"u8) => ("a compressed archive", "Unpack it and load the images in it."),
            _ when file.StartsWith("IIU\0"u8) || file.StartsWith("IIRO"u8) || file.StartsWith("FUJIFILM"u8) => ("a camera's raw file", Export),
            _ when file.StartsWith("#?RADIANCE"u8) || file.StartsWith((ReadOnlySpan<byte>)[0x76, 0x2F, 0x31, 0x01]) || file.StartsWith("DDS "u8)
                || file.StartsWith("qoif"u8) => ("an image of high dynamic range or a texture (HDR, EXR, DDS, QOI)", $"{Convert}."),
            _ when file.StartsWith("RIFF"u8) && file.Length >= 12 && file[8..].StartsWith("AVI "u8) || file.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])
                => ("a video (AVI, MKV, WebM)", Frames),
            _ when file.StartsWith("P"u8) && file.Length > 2 && file[1] is >= (byte)'1' and <= (byte)'7' && file[2] is (byte)'\n' or (byte)' '
                => ("a Netpbm image (PBM, PGM, PPM)", $"{Convert}."),
            _ => Text(file),
        };
    }

    // Brands of the ISO container: the major one first, then those that the file says it fits.
    private static (string Name, string Remedy) Container(ReadOnlySpan<byte> file)
    {
        uint length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(file);
        string brands = Encoding.Latin1.GetString(file[8..(int)Math.Clamp(length, 12, (uint)Math.Min(file.Length, 256))]);
        string major = brands[..4];
        if (brands.Contains("avif", StringComparison.Ordinal) || brands.Contains("avis", StringComparison.Ordinal))
        {
            return ("an AVIF image", $"{Convert}, for example: avifdec picture.avif picture.png");
        }

        bool heic = major is "mif1" or "msf1" || brands.Contains("heic", StringComparison.Ordinal) || brands.Contains("heix", StringComparison.Ordinal)
            || brands.Contains("hevc", StringComparison.Ordinal) || brands.Contains("heim", StringComparison.Ordinal);
        return heic ? ("a HEIC (HEIF) image, as phones take them", $"{Convert}, for example: heif-convert picture.heic picture.png; or let the phone save JPEG.")
            : major == "crx " ? ("a camera's raw file (CR3)", Export)
            : ("a video (MP4, MOV)", Frames);
    }

    private static (string Name, string Remedy)? Text(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> start = file[..Math.Min(file.Length, 512)];
        start = start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? start[3..] : start;
        foreach (byte value in start)
        {
            if (value < 0x20 && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0C))
            {
                return null;
            }
        }

        string text = Encoding.Latin1.GetString(start).TrimStart();
        if (text.StartsWith("<svg", StringComparison.OrdinalIgnoreCase)
            || (text.StartsWith('<') && text.Contains("<svg", StringComparison.OrdinalIgnoreCase) && !text.Contains("<html", StringComparison.OrdinalIgnoreCase)))
        {
            return ("an SVG drawing", "Render it as PNG, for example: rsvg-convert drawing.svg -o drawing.png");
        }

        if (text.StartsWith('<') && (text.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || text.Contains("<html", StringComparison.OrdinalIgnoreCase) || text.Contains("<head>", StringComparison.OrdinalIgnoreCase)))
        {
            return ("an HTML page", "A download that needs a login or a confirmation often ends so: open the address in a browser and fetch the image itself.");
        }

        if (text.StartsWith("version https://git-lfs", StringComparison.Ordinal))
        {
            return ("a Git LFS pointer", "Fetch the file itself: git lfs pull");
        }

        if (text.StartsWith("data:image/", StringComparison.Ordinal))
        {
            return ("a data: address", "Decode what stands behind the comma with Convert.FromBase64String and load those bytes.");
        }

        // A few letters may be anything.
        return text.Length >= 4 ? ("text", "Look into the file: it may say what went wrong when it was fetched.") : null;
    }
}
