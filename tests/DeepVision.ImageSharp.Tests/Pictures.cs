using DeepVision.Preprocessing;

namespace DeepVision.ImageSharp.Tests;

internal static class Pictures
{
    /// <summary>Every byte different from its neighbors.</summary>
    public static RgbImage Rgb(int width, int height)
    {
        var image = new RgbImage(width, height);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = (byte)(i * 37 + i / 256 * 11);
        }

        return image;
    }
}
