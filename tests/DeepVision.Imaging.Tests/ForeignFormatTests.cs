namespace DeepVision.Imaging.Tests;

public sealed class ForeignFormatTests
{
    public static TheoryData<string, byte[]> Files => new()
    {
        { "HEIC", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8] },
        { "HEIC", [0, 0, 0, 24, .. "ftypmif1"u8, 0, 0, 0, 0, .. "mif1heic"u8] },
        { "AVIF", [0, 0, 0, 24, .. "ftypavif"u8, 0, 0, 0, 0, .. "avifmif1"u8] },
        { "AVIF", [0, 0, 0, 24, .. "ftypmif1"u8, 0, 0, 0, 0, .. "mif1avif"u8] },
        { "video", [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 0, 0, .. "isomavc1"u8] },
        { "TIFF", [.. "II*\0"u8, 8, 0, 0, 0] },
        { "TIFF", [.. "MM\0*"u8, 0, 0, 0, 8] },
        { "TIFF", [.. "II+\0"u8, 8, 0, 0, 0] },
        { "JPEG XL", [0xFF, 0x0A, 1, 2, 3] },
        { "JPEG XL", [0, 0, 0, 12, .. "JXL \r\n"u8, 0x87, 0x0A] },
        { "JPEG 2000", [0, 0, 0, 12, .. "jP  \r\n"u8, 0x87, 0x0A] },
        { "Photoshop", [.. "8BPS"u8, 0, 1] },
        { "icon", [0, 0, 1, 0, 1, 0] },
        { "PDF", [.. "%PDF-1.7\n"u8] },
        { "SVG", [.. "<svg xmlns='http://www.w3.org/2000/svg'/>"u8] },
        { "SVG", [.. "<?xml version='1.0'?>\n<!-- x -->\n<svg/>"u8] },
        { "HTML", [.. "<!DOCTYPE html><html><body>404"u8] },
        { "HTML", [.. "\n  <html>"u8] },
        { "text", [.. "{\"error\": \"not found\"}"u8] },
        { "Git LFS", [.. "version https://git-lfs.github.com/spec/v1\noid sha256:1"u8] },
        { "ZIP", [.. "PK\x3\x4"u8, 20, 0] },
        { "Netpbm", [.. "P6\n3 2\n255\n"u8, 1, 2, 3] },
        { "HTML", [.. "<!-- saved -->\n<html lang=en>"u8] },
        { "HTML", [.. "<head><title>404"u8] },
        { "text", [.. "<?xml version='1.0'?><Error><Code>AccessDenied"u8] },
        { "data: address", [.. "data:image/png;base64,iVBORw0KGgo="u8] },
        { "zero bytes", new byte[100] },
        { "no known image format", [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 4, 0, 24, 0] },
        { "archive", [.. "BZh91AY"u8] },
        { "archive", [.. "Rar!"u8, 0x1A, 7] },
        { "archive", [0xFD, .. "7zXZ\0"u8] },
        { "raw file", [.. "FUJIFILMCCD-RAW"u8] },
        { "EXR", [0x76, 0x2F, 0x31, 0x01] },
        { "HDR", [.. "#?RADIANCE\n"u8] },
        { "video", [.. "RIFF"u8, 16, 0, 0, 0, .. "AVI LIST"u8] },
        { "no known image format", [1, 2, 3, 4, 5, 6, 7, 8] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Load_AnotherKindOfFile_IsNamedForWhatItIs(string name, byte[] file)
    {
        ImageFileException exception = Assert.Throws<ImageFileException>(() => ImageFile.Load(file));
        Assert.Equal((ImageFileReason.UnknownFormat, null), (exception.Reason, exception.Format));
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexString(file.AsSpan(0, Math.Min(8, file.Length))), exception.Message, StringComparison.Ordinal);
        Assert.Equal(exception.Message, Assert.Throws<ImageFileException>(() => ImageFile.ReadInfo(file)).Message);
    }

    [Fact]
    public void Load_AnyBeginning_IsRefusedOrRead()
    {
        foreach (TheoryDataRow row in Files.Select((data, index) => new TheoryDataRow(index, (byte[])data[1])))
        {
            for (int length = 1; length <= row.File.Length; length++)
            {
                byte[] start = row.File[..length];
                Assert.Throws<ImageFileException>(() => ImageFile.ReadInfo(start));
            }
        }
    }

    [Fact]
    public void Load_Directory_IsNamedForWhatItIs()
    {
        ImageFileException exception = Assert.Throws<ImageFileException>(() => ImageFile.Load(Path.GetTempPath()));
        Assert.Contains("directory", exception.Message, StringComparison.Ordinal);
        Assert.Equal(Path.GetTempPath(), exception.FileName);
    }

    [Fact]
    public void Save_Gif_SaysWhatToDo()
    {
        var image = new Preprocessing.RgbImage(1, 1);
        Assert.Contains("PNG", Assert.Throws<ImageFileException>(() => ImageFile.Save(image, "a.gif")).Message, StringComparison.Ordinal);
        Assert.Equal(ImageFileReason.Unsupported, Assert.Throws<ImageFileException>(() => ImageFile.Save(image, Stream.Null, ImageFormat.Gif)).Reason);
    }

    private sealed record TheoryDataRow(int Index, byte[] File);
}
