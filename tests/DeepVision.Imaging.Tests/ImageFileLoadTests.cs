using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Tests;

public sealed class ImageFileLoadTests
{
    [Fact]
    public void Fixtures_AllFormats_AreThere()
    {
        Assert.True(Fixture.All.Count >= 75, $"{Fixture.All.Count} fixtures");
        Assert.Equal(5, Fixture.All.Select(fixture => fixture.Format).Distinct().Count());
    }

    [Fact]
    public void Load_JpegFixtures_GivePillowsPixels() => CheckAll(ImageFormat.Jpeg, AlphaHandling.Drop);

    [Fact]
    public void Load_PngFixtures_GiveTheStoredPixels() => CheckAll(ImageFormat.Png, AlphaHandling.Drop);

    [Fact]
    public void Load_PngFixturesBlended_LieOverTheBackground() => CheckAll(ImageFormat.Png, AlphaHandling.BlendOver);

    [Fact]
    public void Load_WebPFixtures_GivePillowsPixels() => CheckAll(ImageFormat.WebP, AlphaHandling.Drop);

    [Fact]
    public void Load_WebPFixturesBlended_LieOverTheBackground() => CheckAll(ImageFormat.WebP, AlphaHandling.BlendOver);

    [Fact]
    public void Load_BmpFixtures_GiveTheStoredPixels() => CheckAll(ImageFormat.Bmp, AlphaHandling.Drop);

    [Fact]
    public void Load_BmpFixturesBlended_LieOverTheBackground() => CheckAll(ImageFormat.Bmp, AlphaHandling.BlendOver);

    [Fact]
    public void Load_GifFixtures_GivePillowsPixels() => CheckAll(ImageFormat.Gif, AlphaHandling.Drop);

    [Fact]
    public void Load_GifFixturesBlended_LieOverTheBackground() => CheckAll(ImageFormat.Gif, AlphaHandling.BlendOver);

    [Fact]
    public void ReadInfo_EveryFixture_GivesStoredSizeAndOrientation()
    {
        foreach (Fixture fixture in Fixture.All)
        {
            ImageInfo expected = new(fixture.Format, fixture.Width, fixture.Height, fixture.Orientation);
            Assert.Equal(expected, ImageFile.ReadInfo(fixture.FullPath));
            Assert.Equal(expected, ImageFile.ReadInfo(File.ReadAllBytes(fixture.FullPath)));
            using FileStream stream = File.OpenRead(fixture.FullPath);
            Assert.Equal(expected, ImageFile.ReadInfo(stream));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public void Load_OrientationIgnored_KeepsTheStoredSize(int orientation)
    {
        string path = Fixture.Named($"jpeg-exif-{orientation}.jpg").FullPath;
        RgbImage upright = ImageFile.Load(path);
        RgbImage stored = ImageFile.Load(path, new ImageLoadOptions { Orientation = ExifOrientation.Ignore });
        Assert.Equal((33, 21), (stored.Width, stored.Height));
        Assert.Equal(orientation == 6 ? (21, 33) : (33, 21), (upright.Width, upright.Height));
        Assert.NotEqual(Fixture.Hash(stored), Fixture.Hash(upright));
    }

    [Fact]
    public void Load_WrongExtension_GoesByContent()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jpg");
        try
        {
            File.Copy(Fixture.Named("bmp-rgb24.bmp").FullPath, path);
            Assert.Equal(Fixture.Named("bmp-rgb24.bmp").DroppedHash, Fixture.Hash(ImageFile.Load(path)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Load_StreamThatCannotSeek_ReadsFromTheCurrentPosition()
    {
        byte[] file = Fixture.Bytes("bmp-rgb24.bmp");
        using MemoryStream whole = new([1, 2, 3, .. file]);
        whole.Position = 3;
        using OneByteAtATime stream = new(whole);
        Assert.Equal(Fixture.Named("bmp-rgb24.bmp").DroppedHash, Fixture.Hash(ImageFile.Load(stream)));
        Assert.True(whole.CanRead, "the stream must stay open");
    }

    [Fact]
    public void Load_ManyThreads_GiveTheSamePixels()
    {
        Parallel.For(0, 200, i =>
        {
            Fixture fixture = Fixture.All[i % Fixture.All.Count];
            Assert.Equal(fixture.DroppedHash, Fixture.Hash(ImageFile.Load(fixture.FullPath)));
        });
    }

    private static void CheckAll(ImageFormat format, AlphaHandling alpha)
    {
        ImageLoadOptions options = new() { Alpha = alpha, Background = Fixture.Background };
        List<string> wrong = [];
        foreach (Fixture fixture in Fixture.All.Where(fixture => fixture.Format == format))
        {
            RgbImage image = ImageFile.Load(fixture.FullPath, options);
            (int width, int height) = fixture.Orientation >= 5 ? (fixture.Height, fixture.Width) : (fixture.Width, fixture.Height);
            string expected = alpha == AlphaHandling.Drop ? fixture.DroppedHash : fixture.BlendedHash;
            if (image.Width != width || image.Height != height || Fixture.Hash(image) != expected)
            {
                wrong.Add($"{fixture}: expected {width} x {height} {expected}; found {image.Width} x {image.Height} {Fixture.Hash(image)}");
            }
        }

        Assert.Empty(wrong);
    }

    private sealed class OneByteAtATime(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, Math.Min(1, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
