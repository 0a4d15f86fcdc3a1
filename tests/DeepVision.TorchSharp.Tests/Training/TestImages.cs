using DeepVision.Preprocessing;

namespace DeepVision.Tests.Torch.Training;

/// <summary>Small images in which every pixel tells where it comes from.</summary>
internal static class TestImages
{
    /// <summary>Red is the column, green the row, blue a tag.</summary>
    internal static RgbImage Places(int width, int height, byte tag = 0)
    {
        var image = new RgbImage(width, height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (image.Row(y)[3 * x], image.Row(y)[(3 * x) + 1], image.Row(y)[(3 * x) + 2]) = ((byte)x, (byte)y, tag);
            }
        }

        return image;
    }

    /// <summary>Black with one bright rectangle, whose channels differ.</summary>
    internal static RgbImage Rectangle(int width, int height, int left, int top, int right, int bottom)
    {
        var image = new RgbImage(width, height);
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                (image.Row(y)[3 * x], image.Row(y)[(3 * x) + 1], image.Row(y)[(3 * x) + 2]) = (255, 220, 190);
            }
        }

        return image;
    }
}
