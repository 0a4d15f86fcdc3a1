using DeepVision.Preprocessing;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace DeepVision.ImageSharp.Tests;

public sealed class ImageConversionTests
{
    [Fact]
    public void AsImage_AnyImage_SharesItsPixels()
    {
        RgbImage image = Pictures.Rgb(7, 5);

        using Image<Rgb24> view = image.AsImage();

        Assert.Equal((7, 5), (view.Width, view.Height));
        Assert.Equal(new Rgb24(image.Row(3)[6], image.Row(3)[7], image.Row(3)[8]), view[2, 3]);
        view[2, 3] = new Rgb24(1, 2, 3);
        Assert.Equal([1, 2, 3], image.Row(3).Slice(6, 3).ToArray());
        image.Row(4)[0] = 77;
        Assert.Equal(77, view[0, 4].R);
    }

    [Fact]
    public void AsRgbImage_OfAView_IsTheImageItself()
    {
        RgbImage image = Pictures.Rgb(7, 5);
        using Image<Rgb24> view = image.AsImage();

        Assert.Same(image, view.AsRgbImage());
        view.Mutate(x => x.Invert());
        Assert.Same(image, view.AsRgbImage());
        Assert.NotSame(image, view.ToRgbImage());
    }

    [Fact]
    public void AsImage_Disposed_LeavesTheImageAlone()
    {
        RgbImage image = Pictures.Rgb(7, 5);
        image.AsImage().Dispose();

        Assert.True(image.Pixels.SequenceEqual(Pictures.Rgb(7, 5).Pixels));
    }

    [Fact]
    public void ToRgbImage_EveryPixelFormat_HoldsItsColors()
    {
        CheckRoundTrip<Rgb24>();
        CheckRoundTrip<Bgr24>();
        CheckRoundTrip<Rgba32>();
        CheckRoundTrip<Bgra32>();
        CheckRoundTrip<Argb32>();
        CheckRoundTrip<Rgb48>();
        CheckRoundTrip<Rgba64>();
        CheckRoundTrip<RgbaVector>();
    }

    [Fact]
    public void ToRgbImage_Gray_GivesThreeEqualChannels()
    {
        using Image<L8> gray = new(3, 2);
        gray[1, 1] = new L8(90);

        Assert.Equal([90, 90, 90], gray.ToRgbImage().Row(1).Slice(3, 3).ToArray());
    }

    [Fact]
    public void ToRgbImage_Transparent_KeepsTheStoredColor()
    {
        using Image<Rgba32> image = new(1, 1, new Rgba32(10, 20, 30, 0));

        Assert.Equal([10, 20, 30], image.ToRgbImage().Pixels.ToArray());
    }

    // ImageSharp splits the memory of large images; rows must still be found.
    [Fact]
    public void ToRgbImage_ImageOfManyBuffers_IsCopiedWhole()
    {
        RgbImage large = Pictures.Rgb(4000, 1500);
        using Image<Rgba32> image = large.ToImage<Rgba32>();

        Assert.True(large.Pixels.SequenceEqual(image.ToRgbImage().Pixels));
    }

    [Fact]
    public void Conversions_Null_Throw()
    {
        Assert.Throws<ArgumentNullException>(() => ((RgbImage)null!).AsImage());
        Assert.Throws<ArgumentNullException>(() => ((RgbImage)null!).ToImage<Rgb24>());
        Assert.Throws<ArgumentNullException>(() => ((Image)null!).AsRgbImage());
        Assert.Throws<ArgumentNullException>(() => ((Image)null!).ToRgbImage());
    }

    private static void CheckRoundTrip<TPixel>()
        where TPixel : unmanaged, IPixel<TPixel>
    {
        RgbImage image = Pictures.Rgb(17, 9);
        using Image<TPixel> copy = image.ToImage<TPixel>();
        Assert.True(image.Pixels.SequenceEqual(((Image)copy).AsRgbImage().Pixels), typeof(TPixel).Name);
    }
}
