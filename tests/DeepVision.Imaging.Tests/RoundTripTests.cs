using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Tests;

public sealed class RoundTripTests
{
    // Of 255, a byte. Measured on this gradient with libjpeg-turbo 2.1.5 and libwebp 1.2.4: 0.72 (4:4:4), 0.80 (4:2:0) and 1.27 (WebP).
    private const double LossyMeanError = 3;

    private static readonly (int Width, int Height)[] s_sizes =
        [(1, 1), (1, 2), (2, 1), (3, 5), (5, 1), (6, 1), (16, 16), (17, 33), (64, 3), (255, 2), (65_535, 1), (1, 65_535)];

    [Fact]
    public void Png_EverySize_ComesBackExactly()
    {
        CheckExact(ImageFormat.Png, ImageSaveOptions.Default, 65_535);
        CheckExact(ImageFormat.Png, new ImageSaveOptions { PngCompression = PngCompression.Fast }, 65_535);
    }

    [Fact]
    public void Bmp_EverySize_ComesBackExactly() => CheckExact(ImageFormat.Bmp, ImageSaveOptions.Default, 65_535);

    [Fact]
    public void WebPLossless_EverySize_ComesBackExactly() => CheckExact(ImageFormat.WebP, new ImageSaveOptions { Lossless = true }, 16_383);

    [Theory]
    [InlineData(ChromaSubsampling.Half)]
    [InlineData(ChromaSubsampling.Full)]
    public void Jpeg_Gradient_ComesBackNearly(ChromaSubsampling chroma) =>
        CheckNear(ImageFormat.Jpeg, new ImageSaveOptions { Chroma = chroma });

    [Fact]
    public void WebPLossy_Gradient_ComesBackNearly() => CheckNear(ImageFormat.WebP, ImageSaveOptions.Default);

    [Fact]
    public void Jpeg_LongestSide_ComesBack() => Assert.Equal(65_500, RoundTrip(new RgbImage(65_500, 1), ImageFormat.Jpeg).Width);

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.WebP)]
    public void Lossy_LowerQuality_MakesSmallerFiles(ImageFormat format)
    {
        RgbImage image = TestImages.Noise(64, 64, seed: 5);
        Assert.True(Size(20) < Size(60) && Size(60) < Size(95));

        long Size(int quality)
        {
            using MemoryStream stream = new();
            ImageFile.Save(image, stream, format, new ImageSaveOptions { Quality = quality });
            return stream.Length;
        }
    }

    private static void CheckExact(ImageFormat format, ImageSaveOptions options, int longest)
    {
        foreach ((int width, int height) in s_sizes)
        {
            RgbImage image = TestImages.Noise(Math.Min(width, longest), Math.Min(height, longest), seed: (uint)(width + height));
            RgbImage back = RoundTrip(image, format, options);
            Assert.Equal((image.Width, image.Height), (back.Width, back.Height));
            Assert.True(image.Pixels.SequenceEqual(back.Pixels), $"{format} {width} x {height}");
        }
    }

    private static void CheckNear(ImageFormat format, ImageSaveOptions options)
    {
        RgbImage image = TestImages.Gradient(97, 61);
        RgbImage back = RoundTrip(image, format, options);
        double error = 0;
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            error += Math.Abs(image.Pixels[i] - back.Pixels[i]);
        }

        error /= image.Pixels.Length;
        Assert.True(error < LossyMeanError, $"mean error {error}");
    }

    private static RgbImage RoundTrip(RgbImage image, ImageFormat format, ImageSaveOptions? options = null)
    {
        using MemoryStream stream = new();
        ImageFile.Save(image, stream, format, options);
        return ImageFile.Load(stream.ToArray());
    }
}
