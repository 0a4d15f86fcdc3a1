using System.Buffers.Binary;
using System.IO.Compression;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Tests;

public sealed class ImageFileSaveTests
{
    [Fact]
    public void Save_FastPng_HoldsTheRowsUnfiltered()
    {
        RgbImage image = TestImages.Noise(37, 23, seed: 1);
        byte[] file = Encode(image, ImageFormat.Png, new ImageSaveOptions { PngCompression = PngCompression.Fast });

        byte[] raw = InflateIdat(file);

        Assert.Equal((3 * 37 + 1) * 23, raw.Length);
        for (int y = 0; y < 23; y++)
        {
            Assert.Equal(0, raw[y * 112]);
            Assert.Equal(image.Row(y).ToArray(), raw.AsSpan(y * 112 + 1, 111).ToArray());
        }
    }

    [Fact]
    public void Save_PathWithPngExtension_WritesPngSignatureAndSize()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.PNG");
        try
        {
            ImageFile.Save(TestImages.Noise(5, 7, seed: 2), path);
            byte[] file = File.ReadAllBytes(path);
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], file[..8]);
            Assert.Equal(5u, BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(16)));
            Assert.Equal(7u, BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(20)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("picture")]
    [InlineData("picture.tif")]
    public void Save_UnknownExtension_SaysWhichExtensionsAreKnown(string path)
    {
        ImageFileException exception = Assert.Throws<ImageFileException>(() => ImageFile.Save(new RgbImage(1, 1), path));
        Assert.Equal(ImageFileReason.UnknownFormat, exception.Reason);
        Assert.Equal(path, exception.FileName);
        Assert.Contains(".png", exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void Quality_OutsideOneToHundred_Throws(int quality) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageSaveOptions { Quality = quality });

    private static byte[] Encode(RgbImage image, ImageFormat format, ImageSaveOptions? options = null)
    {
        using MemoryStream stream = new();
        ImageFile.Save(image, stream, format, options);
        return stream.ToArray();
    }

    private static byte[] InflateIdat(byte[] png)
    {
        using MemoryStream deflated = new();
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                deflated.Write(png, at + 8, length);
            }

            at += 12 + length;
        }

        deflated.Position = 0;
        using ZLibStream inflate = new(deflated, CompressionMode.Decompress);
        using MemoryStream raw = new();
        inflate.CopyTo(raw);
        return raw.ToArray();
    }
}
