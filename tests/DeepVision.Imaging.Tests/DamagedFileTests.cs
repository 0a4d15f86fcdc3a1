using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Tests;

/// <summary>What DamagedData.Accept rescues: rows of the picture, or an error, and never a picture of nothing.</summary>
public sealed class DamagedFileTests
{
    private static readonly ImageLoadOptions s_accept = new() { Damaged = DamagedData.Accept, Orientation = ExifOrientation.Ignore };
    private static readonly ImageLoadOptions s_whole = new() { Orientation = ExifOrientation.Ignore };

    [Fact]
    public void Load_EveryFixtureCutAnywhere_GivesSomethingOfThePictureOrAnError()
    {
        List<string> wrong = [];
        foreach (Fixture fixture in Fixture.All.Where(fixture => fixture.Width > 1 && fixture.Height > 1))
        {
            byte[] file = File.ReadAllBytes(fixture.FullPath);
            int step = Math.Max(1, file.Length / 60);
            for (int length = 1; length < file.Length; length += step)
            {
                if (Rescued(file, length) is { } image && IsOfOneColor(image))
                {
                    wrong.Add($"{fixture}, {length} of {file.Length} bytes");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("png-rgb8.png")]
    [InlineData("png-rgb16.png")]
    [InlineData("png-rgba8.png")]
    [InlineData("png-grey-alpha16.png")]
    [InlineData("png-grey1.png")]
    [InlineData("png-palette4.png")]
    [InlineData("png-palette4-trns.png")]
    [InlineData("gif-plain.gif")]
    [InlineData("jpeg-444.jpg")]
    [InlineData("webp-lossy.webp")]
    [InlineData("webp-lossless.webp")]
    [InlineData("bmp-rgb24-top-down.bmp")]
    [InlineData("bmp-palette4-top-down.bmp")]
    public void Load_CutFile_KeepsTheRowsAboveTheCut(string name)
    {
        byte[] file = Fixture.Bytes(name);
        RgbImage whole = ImageFile.Load(file, s_whole);
        int most = 0;
        for (int length = file.Length / 4; length < file.Length; length += 3)
        {
            if (Rescued(file, length) is not { } image)
            {
                continue;
            }

            int same = 0;
            while (same < whole.Height && image.Row(same).SequenceEqual(whole.Row(same)))
            {
                same++;
            }

            Assert.True(same >= most, $"{length} bytes give {same} rows, fewer gave {most}");
            most = same;
        }

        Assert.InRange(most, whole.Height * 2 / 3, whole.Height);
    }

    // Every color comes from the picture: what a finer pass would bring is taken from the coarser one, so that no row is black.
    [Theory]
    [InlineData("png-rgb8-adam7.png")]
    [InlineData("png-rgba16-adam7.png")]
    [InlineData("png-grey4-adam7.png")]
    [InlineData("png-palette2-adam7.png")]
    [InlineData("gif-interlaced.gif")]
    public void Load_CutInterlacedFile_FillsFromCoarserPasses(string name)
    {
        byte[] file = Fixture.Bytes(name);
        RgbImage whole = ImageFile.Load(file, s_whole);

        RgbImage image = Rescued(file, file.Length * 9 / 10)!;

        for (int y = 0; y < whole.Height; y++)
        {
            Assert.True(image.Row(y).ContainsAnyExcept((byte)0), $"row {y} is black");
        }

        int same = 0;
        for (int i = 0; i < whole.Pixels.Length; i += 3)
        {
            same += image.Pixels.Slice(i, 3).SequenceEqual(whole.Pixels.Slice(i, 3)) ? 1 : 0;
        }

        Assert.InRange(same, whole.Width * whole.Height / 2, whole.Width * whole.Height);
    }

    [Fact]
    public void Load_PngWithDamagedData_KeepsTheRowsAboveIt()
    {
        byte[] file = TestFiles.Encode(TestImages.Noise(40, 30, seed: 8), ImageFormat.Png);
        file[file.Length * 2 / 3] ^= 0x55;
        Assert.Equal(ImageFileReason.Corrupt, Assert.Throws<ImageFileException>(() => ImageFile.Load(file)).Reason);

        RgbImage image = ImageFile.Load(file, s_accept);

        Assert.True(image.Row(5).SequenceEqual(TestImages.Noise(40, 30, seed: 8).Row(5)));
    }

    [Fact]
    public void Load_CutProgressiveJpeg_GivesTheWholePictureCoarsely()
    {
        byte[] file = Fixture.Bytes("jpeg-progressive-444.jpg");
        RgbImage whole = ImageFile.Load(file, s_whole);

        RgbImage image = Rescued(file, file.Length * 3 / 4)!;

        double error = 0;
        for (int i = 0; i < whole.Pixels.Length; i++)
        {
            error += Math.Abs(whole.Pixels[i] - image.Pixels[i]);
        }

        Assert.InRange(error / whole.Pixels.Length, 0, 40);
    }

    [Fact]
    public void Load_ProgressiveJpegWithoutItsLastScans_IsCorrupt()
    {
        byte[] file = Fixture.Bytes("jpeg-progressive-444.jpg");
        int second = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        second += 2 + file.AsSpan(second + 2).IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        byte[] closed = [.. file[..second], 0xFF, 0xD9];

        Assert.Equal(ImageFileReason.Corrupt, Assert.Throws<ImageFileException>(() => ImageFile.Load(closed)).Reason);
        Assert.Equal(33, ImageFile.Load(closed, s_accept).Width);
    }

    // Spectral selection means nothing in a baseline file, and libjpeg only warns about it.
    [Fact]
    public void Load_BaselineJpegWithOtherCoefficientsInItsScan_IsLoaded()
    {
        byte[] file = Fixture.Bytes("jpeg-444.jpg");
        int scan = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        Assert.Equal((0, 63), (file[scan + 11], file[scan + 12]));
        file[scan + 12] = 0;

        Assert.Equal(Fixture.Named("jpeg-444.jpg").DroppedHash, Fixture.Hash(ImageFile.Load(file)));
    }

    [Fact]
    public void Load_CutRunLengthsOfNoPixel_AreAnError()
    {
        byte[] file = Fixture.Bytes("bmp-rle8.bmp");
        byte[] cut = [.. file[..(54 + 64)], 0, 0, 0, 2, 1, 0];

        Assert.Throws<ImageFileException>(() => ImageFile.Load(cut, s_accept));
    }

    [Theory]
    [InlineData("jpeg-444.jpg")]
    [InlineData("jpeg-progressive-444.jpg")]
    public void Load_JpegThatEndsWhereItsDataWouldBegin_IsAnError(string name)
    {
        byte[] file = Fixture.Bytes(name);
        int scan = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        byte[] header = file[..(scan + 2 + (file[scan + 2] << 8) + file[scan + 3])];

        Assert.Throws<ImageFileException>(() => ImageFile.Load(header, s_accept));
        Assert.Throws<ImageFileException>(() => ImageFile.Load([.. header, 0xFF, 0xD9], s_accept));
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Bmp)]
    public void Load_CutPictureOfOneColor_IsAnError(ImageFormat format)
    {
        byte[] file = TestFiles.Encode(new RgbImage(400, 300), format);

        Assert.Throws<ImageFileException>(() => ImageFile.Load(file.AsSpan(0, file.Length * 3 / 4), s_accept));
    }

    // Small enough to be one unit of coding, and whole but for its end mark.
    [Theory]
    [InlineData(7, 9)]
    [InlineData(16, 16)]
    [InlineData(33, 21)]
    public void Load_JpegWithoutItsEndMark_IsWhole(int width, int height)
    {
        byte[] file = TestFiles.Encode(TestImages.Noise(width, height, seed: 2), ImageFormat.Jpeg);

        Assert.Equal(ImageFile.Load(file).Pixels, ImageFile.Load(file.AsSpan(0, file.Length - 2), s_accept).Pixels);
    }

    // Nothing of it is missing, so its one color is the picture's.
    [Fact]
    public void Load_WholePictureOfOneColorWithABadChecksum_IsLoaded()
    {
        byte[] file = TestFiles.Encode(new RgbImage(40, 30), ImageFormat.Png);
        file[^13] ^= 1;

        Assert.Equal(40, ImageFile.Load(file, s_accept).Width);
    }

    [Fact]
    public void Load_JpegOfMoreScansThanAnyProgramWrites_IsCorrupt()
    {
        byte[] file = Fixture.Bytes("jpeg-progressive-420.jpg");
        int scan = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        byte[] bomb = [.. file[..scan], .. Enumerable.Repeat(file[scan..^2], 600).SelectMany(bytes => bytes), 0xFF, 0xD9];

        Assert.Contains("scans", Assert.Throws<ImageFileException>(() => ImageFile.Load(bomb)).Message, StringComparison.Ordinal);
        Assert.Throws<ImageFileException>(() => ImageFile.Load(bomb, s_accept));
    }

    private static RgbImage? Rescued(byte[] file, int length)
    {
        try
        {
            return ImageFile.Load(file.AsSpan(0, length), s_accept);
        }
        catch (ImageFileException)
        {
            return null;
        }
    }

    private static bool IsOfOneColor(RgbImage image) => image.Pixels[3..].SequenceEqual(image.Pixels[..^3]);
}
