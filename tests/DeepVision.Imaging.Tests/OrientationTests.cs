using System.Text;

namespace DeepVision.Imaging.Tests;

/// <summary>Where files say how they are to be turned. Each picture is 4 x 2, and 2 x 4 once it is turned.</summary>
public sealed class OrientationTests
{
    private static ReadOnlySpan<byte> XmpPrefix => "http://ns.adobe.com/xap/1.0/\0"u8;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Png_XmpInInternationalText_Counts(bool compressed)
    {
        Check(6, TestFiles.PngWith(("iTXt", TestFiles.ITxt(TestFiles.XmpAttribute(6), compressed))));
        Check(8, TestFiles.PngWith(("iTXt", TestFiles.ITxt(TestFiles.XmpElement(8), compressed))));
    }

    [Theory]
    [InlineData("tEXt", false)]
    [InlineData("zTXt", true)]
    public void Png_RawProfiles_Count(string chunk, bool compressed)
    {
        byte[] exif = TestFiles.Exif(6);
        byte[] xmp = TestFiles.XmpAttribute(6);
        Check(6, TestFiles.PngWith((chunk, TestFiles.Text("Raw profile type exif", TestFiles.RawProfile("exif", exif), compressed))));
        Check(6, TestFiles.PngWith((chunk, TestFiles.Text("Raw profile type exif", TestFiles.RawProfile("exif", [.. "Exif\0\0"u8, .. exif]), compressed))));
        Check(6, TestFiles.PngWith((chunk, TestFiles.Text("Raw profile type APP1", TestFiles.RawProfile("generic profile", [.. "Exif\0\0"u8, .. exif]), compressed))));
        Check(6, TestFiles.PngWith((chunk, TestFiles.Text("Raw profile type APP1", TestFiles.RawProfile("app1", [.. XmpPrefix, .. xmp]), compressed))));
        Check(6, TestFiles.PngWith((chunk, TestFiles.Text("Raw profile type xmp", TestFiles.RawProfile("xmp", xmp), compressed))));
        Check(6, TestFiles.PngWith((chunk, TestFiles.Text("XML:com.adobe.xmp", xmp, compressed))));
    }

    [Fact]
    public void Jpeg_XmpSegment_Counts() => Check(6, TestFiles.JpegWith([.. XmpPrefix, .. TestFiles.XmpElement(6)]));

    [Fact]
    public void WebP_XmpChunk_Counts() => Check(6, TestFiles.WebPWith(("XMP ", TestFiles.XmpAttribute(6))));

    [Fact]
    public void Exif_BesideXmp_Wins()
    {
        byte[] xmp = TestFiles.XmpAttribute(6);
        byte[] exif = TestFiles.Exif(8);
        Check(8, TestFiles.PngWith(("iTXt", TestFiles.ITxt(xmp, compressed: false)), ("eXIf", exif)));
        Check(8, TestFiles.PngWith(("eXIf", exif), ("iTXt", TestFiles.ITxt(xmp, compressed: false))));
        Check(8, TestFiles.JpegWith([.. XmpPrefix, .. xmp], [.. "Exif\0\0"u8, .. exif]));
        Check(8, TestFiles.WebPWith(("EXIF", exif), ("XMP ", xmp)));
    }

    // As Pillow has it: what decides is whether there is such a tag, not whether there is EXIF data.
    [Fact]
    public void Exif_WithoutTheTag_LeavesItToXmp()
    {
        byte[] other = TestFiles.Exif(1, tag: 0x0103);
        Check(6, TestFiles.PngWith(("eXIf", other), ("iTXt", TestFiles.ITxt(TestFiles.XmpAttribute(6), compressed: false))));
        Check(6, TestFiles.JpegWith([.. "Exif\0\0"u8, .. other], [.. XmpPrefix, .. TestFiles.XmpAttribute(6)]));
    }

    [Theory]
    [InlineData("<a xmlns:t=\"http://ns.adobe.com/tiff/1.0/\" t:Orientation = '6'/>", 6)]
    [InlineData("<old xmlns:o=\"http://ns.adobe.com/tiff/1.0/\"/><a xmlns:tiff=\"http://ns.adobe.com/tiff/1.0/\" tiff:Orientation=\"6\"/>", 6)]
    [InlineData("<a xmlns:o=\"http://ns.adobe.com/tiff/1.0/\" xmlns:t=\"http://ns.adobe.com/tiff/1.0/\" t:Orientation=\"6\"/>", 6)]
    [InlineData("<a xmlns=\"http://ns.adobe.com/tiff/1.0/\" tiff:Orientation=\"6\"/>", 6)]
    [InlineData("<!-- see http://ns.adobe.com/tiff/1.0/ --><a tiff:Orientation=\"6\"/>", 6)]
    [InlineData("<a xmlns:exif=\"http://ns.adobe.com/exif/1.0/\" exif:Orientation=\"6\"/>", 1)]
    [InlineData("<a><tiff:Orientation>6</tiff:Orientation>", 6)]
    [InlineData("<a><tiff:Orientation\n >\n6\n</tiff:Orientation>", 6)]
    [InlineData("<a tiff:Orientation=\"6", 6)]
    [InlineData("<a tiff:Orientation=\"60\"/>", 1)]
    [InlineData("<a tiff:Orientation=\"0\"/>", 1)]
    [InlineData("<a tiff:Orientation=\"9\"/>", 1)]
    [InlineData("<a tiff:Orientation=\"six\"/>", 1)]
    [InlineData("<a tiff:OrientationX=\"6\"/>", 1)]
    [InlineData("<a xtiff:Orientation=\"6\"/>", 1)]
    [InlineData("<a><tiff:Orientation/>6", 1)]
    [InlineData("<a tiff:Orientation", 1)]
    [InlineData("", 1)]
    public void Xmp_EveryForm_IsReadOrIgnored(string packet, int expected)
    {
        Check(expected, TestFiles.PngWith(("iTXt", TestFiles.ITxt(Encoding.UTF8.GetBytes(packet), compressed: false))));
        Check(expected, TestFiles.WebPWith(("XMP ", Encoding.Unicode.GetBytes("\uFEFF" + packet))));
        Check(expected, TestFiles.WebPWith(("XMP ", Encoding.BigEndianUnicode.GetBytes("\uFEFF" + packet))));
    }

    // 64 MB of spaces in 64 KB, many times over: only the bound of the unpacked text is ever unpacked.
    [Fact]
    public void Png_TextBomb_IsBounded()
    {
        byte[] bomb = TestFiles.Deflate([.. Encoding.UTF8.GetBytes("<a "), .. Enumerable.Repeat((byte)' ', 64 << 20)]);
        byte[] file = TestFiles.PngWith([.. Enumerable.Repeat(("iTXt", (byte[])[.. "XML:com.adobe.xmp\0"u8, 1, 0, 0, 0, .. bomb]), 20)]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(1, ImageFile.ReadInfo(file).Orientation);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20 * bomb.Length + (16 << 20));
    }

    // Each name is followed by no end of its tag: searching the rest of a megabyte for it, once for each, took seconds.
    [Fact]
    public async Task Xmp_OfNothingButNames_IsSearchedOnce()
    {
        byte[] names = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(" tiff:Orientation", 60_000)));
        byte[] file = TestFiles.PngWith([.. Enumerable.Repeat(("iTXt", TestFiles.ITxt(names, compressed: false)), 100)]);

        Assert.Equal(1, await Task.Run(() => ImageFile.ReadInfo(file).Orientation).WaitAsync(TimeSpan.FromSeconds(60)));
    }

    private static void Check(int orientation, byte[] file)
    {
        Assert.Equal(orientation, ImageFile.ReadInfo(file).Orientation);
        Assert.Equal(orientation >= 5 ? (2, 4) : (4, 2), (ImageFile.Load(file).Width, ImageFile.Load(file).Height));
    }
}
