using System.Buffers.Binary;
using DeepVision.Imaging.Headers;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Tests;

public sealed class ImageFileErrorTests
{
    [Fact]
    public void Load_NullOrEmptyArguments_ThrowBclExceptions()
    {
        Assert.Throws<ArgumentNullException>(() => ImageFile.Load((string)null!));
        Assert.Throws<ArgumentException>(() => ImageFile.Load(""));
        Assert.Throws<ArgumentNullException>(() => ImageFile.Load((Stream)null!));
        Assert.Throws<ArgumentException>(() => ImageFile.Load(ReadOnlySpan<byte>.Empty));
        Assert.Throws<ArgumentException>(() => ImageFile.ReadInfo(ReadOnlySpan<byte>.Empty));
        Assert.Throws<ArgumentNullException>(() => ImageFile.ReadInfo((string)null!));
        Assert.Throws<ArgumentNullException>(() => ImageFile.ReadInfo((Stream)null!));
        Assert.Throws<FileNotFoundException>(() => ImageFile.Load("no such file.png"));
    }

    [Fact]
    public void Save_NullOrUnknownArguments_ThrowBclExceptions()
    {
        RgbImage image = new(1, 1);
        Assert.Throws<ArgumentNullException>(() => ImageFile.Save(null!, "a.png"));
        Assert.Throws<ArgumentNullException>(() => ImageFile.Save(image, (string)null!));
        Assert.Throws<ArgumentNullException>(() => ImageFile.Save(null!, Stream.Null, ImageFormat.Png));
        Assert.Throws<ArgumentNullException>(() => ImageFile.Save(image, null!, ImageFormat.Png));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFile.Save(image, Stream.Null, (ImageFormat)77));
        Assert.Throws<DirectoryNotFoundException>(() => ImageFile.Save(image, Path.Combine("no such folder", "a.bmp")));
    }

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLoadOptions { MaxPixels = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLoadOptions { MaxFileBytes = 0 });
    }

    [Fact]
    public void Load_EmptyStream_SaysThatThereAreNoBytes()
    {
        ImageFileException exception = Assert.Throws<ImageFileException>(() => ImageFile.Load(new MemoryStream()));
        Assert.Equal(ImageFileReason.UnknownFormat, exception.Reason);
        Assert.Contains("no bytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OtherContent_NamesTheFileAndItsFirstBytes()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.png");
        try
        {
            File.WriteAllBytes(path, [0x47, 0x49, 0x46, 0x38, 0x39, 0, 1]);
            ImageFileException exception = Assert.Throws<ImageFileException>(() => ImageFile.Load(path));
            Assert.Equal((ImageFileReason.UnknownFormat, path, null), (exception.Reason, exception.FileName, exception.Format));
            Assert.Contains("4749463839", exception.Message, StringComparison.Ordinal);
            Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // 100,000 x 100,000 would be 30 GB. Refusing it must need neither a library nor memory for pixels.
    [Theory]
    [InlineData(100_000, 100_000)]
    [InlineData(100_000, 1)]
    [InlineData(1, 100_000)]
    [InlineData(65_535, 65_535)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Load_HugeSidesInHeader_AreRefusedBeforeAllocating(int width, int height)
    {
        foreach (byte[] file in (byte[][])[HeaderFiles.Png(width, height), HeaderFiles.Bmp(width, height)])
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            ImageFileException exception = Assert.Throws<ImageFileException>(() => ImageFile.Load(file, new ImageLoadOptions { MaxPixels = long.MaxValue }));
            Assert.Equal(ImageFileReason.TooLarge, exception.Reason);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(0, 0)]
    [InlineData(-1, 5)]
    public void Load_SidesBelowOne_AreCorrupt(int width, int height)
    {
        foreach (byte[] file in (byte[][])[HeaderFiles.Png(width, height), HeaderFiles.Bmp(width, height)])
        {
            Assert.Equal(ImageFileReason.Corrupt, Assert.Throws<ImageFileException>(() => ImageFile.ReadInfo(file)).Reason);
            Assert.Equal(ImageFileReason.Corrupt, Assert.Throws<ImageFileException>(() => ImageFile.Load(file)).Reason);
        }
    }

    [Theory]
    [InlineData("jpeg-420.jpg")]
    [InlineData("png-rgb8.png")]
    [InlineData("webp-lossy.webp")]
    [InlineData("bmp-rgb24.bmp")]
    public void Load_MorePixelsThanAllowed_IsRefusedWithTheRemedy(string name)
    {
        byte[] file = Fixture.Bytes(name);
        ImageFileException exception = Assert.Throws<ImageFileException>(() => ImageFile.Load(file, new ImageLoadOptions { MaxPixels = 692 }));
        Assert.Equal(ImageFileReason.TooLarge, exception.Reason);
        Assert.Equal(Fixture.Named(name).Format, exception.Format);
        Assert.Contains("33 x 21 = 693", exception.Message, StringComparison.Ordinal);
        Assert.Contains("MaxPixels", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AsManyPixelsAsAllowed_IsLoaded() =>
        Assert.Equal(33, ImageFile.Load(Fixture.Bytes("bmp-rgb24.bmp"), new ImageLoadOptions { MaxPixels = 693 }).Width);

    [Fact]
    public void Load_LargerFileThanAllowed_IsRefusedForSeekableAndOtherStreams()
    {
        ImageLoadOptions options = new() { MaxFileBytes = 100 };
        string path = Fixture.Named("bmp-rgb24.bmp").FullPath;
        Assert.Equal(ImageFileReason.TooLarge, Assert.Throws<ImageFileException>(() => ImageFile.Load(path, options)).Reason);
        using Stream endless = new EndlessStream();
        ImageFileException exception = Assert.Throws<ImageFileException>(() => ImageFile.Load(endless, options));
        Assert.Equal(ImageFileReason.TooLarge, exception.Reason);
        Assert.Contains("MaxFileBytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EveryFixtureCutAnywhere_IsRefused()
    {
        foreach (Fixture fixture in Fixture.All)
        {
            byte[] file = File.ReadAllBytes(fixture.FullPath);
            for (int length = 1; length < file.Length; length += Math.Max(1, file.Length / 40))
            {
                ImageFileException? exception = Record.Exception(() => ImageFile.Load(file.AsSpan(0, length))) as ImageFileException;
                Assert.True(exception is not null || IsOnlyPadding(fixture, file.Length - length), $"{fixture}, {length} of {file.Length} bytes");
            }
        }
    }

    [Theory]
    [InlineData("jpeg-420.jpg")]
    [InlineData("png-rgb8.png")]
    [InlineData("png-rgba16-adam7.png")]
    [InlineData("webp-lossy.webp")]
    [InlineData("bmp-rgb24.bmp")]
    [InlineData("bmp-rle8.bmp")]
    public void Load_CutFile_IsTruncatedUnlessAccepted(string name)
    {
        Fixture fixture = Fixture.Named(name);
        byte[] cut = Fixture.Bytes(name);

        // Within the pixels: the headers of such small files are most of them.
        Array.Resize(ref cut, cut.Length - (fixture.Format == ImageFormat.Png ? 100 : 12));
        ImageFileException exception = Assert.Throws<ImageFileException>(() => ImageFile.Load(cut));
        Assert.Equal(ImageFileReason.Truncated, exception.Reason);
        Assert.Contains("Damaged = Accept", exception.Message, StringComparison.Ordinal);

        RgbImage partial = ImageFile.Load(cut, new ImageLoadOptions { Damaged = DamagedData.Accept });
        Assert.Equal((fixture.Width, fixture.Height), (partial.Width, partial.Height));
    }

    [Fact]
    public void Load_JpegCutAndClosedWithAnEndMark_IsCorrupt()
    {
        byte[] file = Fixture.Bytes("jpeg-444.jpg");
        byte[] closed = [.. file[..(file.Length * 3 / 4)], 0xFF, 0xD9];
        Assert.Equal(ImageFileReason.Corrupt, Assert.Throws<ImageFileException>(() => ImageFile.Load(closed)).Reason);
    }

    [Fact]
    public void Load_JpegWithBytesBehindItsEnd_IsLoaded() => Assert.Equal(
        Fixture.Named("jpeg-420.jpg").Width, ImageFile.Load([.. Fixture.Bytes("jpeg-420.jpg"), 0, 0, 1, 2, 3]).Width);

    [Fact]
    public void Load_PngWithWrongChecksum_IsCorrupt()
    {
        byte[] file = Fixture.Bytes("png-rgb8.png");
        file[50] ^= 1;
        Assert.Equal(ImageFileReason.Corrupt, Assert.Throws<ImageFileException>(() => ImageFile.Load(file)).Reason);
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg, 65_501, 1)]
    [InlineData(ImageFormat.WebP, 1, 16_384)]
    public void Save_SidesBeyondTheFormat_AreRefused(ImageFormat format, int width, int height)
    {
        ImageFileException exception = Assert.Throws<ImageFileException>(() => ImageFile.Save(new RgbImage(width, height), Stream.Null, format));
        Assert.Equal((ImageFileReason.TooLarge, format), (exception.Reason, exception.Format));
    }

    // What is left out may be the padding behind the last row or value.
    private static bool IsOnlyPadding(Fixture fixture, int cut) => fixture.Format == ImageFormat.Bmp && cut <= 3;

    private sealed class EndlessStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'B');
            return count;
        }
    }

    private static class HeaderFiles
    {
        public static byte[] Png(int width, int height)
        {
            byte[] file = [.. PngChunks.Signature, 0, 0, 0, 13, .. "IHDR"u8, .. new byte[8], 8, 2, 0, 0, 0, 1, 2, 3, 4];
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
            return file;
        }

        public static byte[] Bmp(int width, int height)
        {
            byte[] file = new byte[54];
            "BM"u8.CopyTo(file);
            file[10] = 54;
            file[14] = 40;
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
            file[26] = 1;
            file[28] = 24;
            return file;
        }
    }
}
