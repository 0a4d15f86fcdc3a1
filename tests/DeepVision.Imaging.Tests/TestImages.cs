using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Tests;

/// <summary>Pictures made from a seed alone.</summary>
internal static class TestImages
{
    /// <summary>Every byte independent: nothing compresses it, and any swapped row, column or channel shows.</summary>
    public static RgbImage Noise(int width, int height, uint seed)
    {
        RgbImage image = new(width, height);
        uint state = seed * 2654435761u + 1;
        foreach (ref byte value in image.Pixels)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            value = (byte)(state >> 11);
        }

        return image;
    }

    /// <summary>Slow gradients in each channel: what lossy codecs keep well.</summary>
    public static RgbImage Gradient(int width, int height)
    {
        RgbImage image = new(width, height);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = image.Row(y);
            for (int x = 0; x < width; x++)
            {
                row[3 * x] = (byte)(255 * x / Math.Max(1, width - 1));
                row[3 * x + 1] = (byte)(255 * y / Math.Max(1, height - 1));
                row[3 * x + 2] = (byte)(128 + 64 * x / width - 64 * y / height);
            }
        }

        return image;
    }
}
