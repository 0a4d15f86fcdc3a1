using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Tests.Parity;

/// <summary>
/// Images that need no file: random blocks of 64, 16, 4 and 1 pixels, added up to 0 .. 252. A pixel depends on the image's
/// number, channel and place only, not on the image's size. The Python twin is in tests/golden/parity_weights.py.
/// </summary>
internal static class ParityImages
{
    private static readonly (int Shift, ulong Mask)[] Scales = [(6, 127), (4, 63), (2, 31), (0, 31)];

    /// <summary>Image number <paramref name="image"/> at a size.</summary>
    internal static RgbImage Rgb(int image, int width, int height)
    {
        var result = new RgbImage(width, height);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = result.Row(y);
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = Pixel(image, i % 3, y, i / 3);
            }
        }

        return result;
    }

    /// <summary>Images 0 .. count - 1 as (N, 3, H, W), (pixel - 128) / 64: about [-2, 2), exact.</summary>
    internal static HostTensor Batch(int count, int height, int width)
    {
        var tensor = new HostTensor(new TensorShape(count, 3, height, width));
        Span<float> values = tensor.Values;
        int i = 0;
        for (int n = 0; n < count; n++)
        {
            for (int c = 0; c < 3; c++)
            {
                for (int y = 0; y < height; y++)
                {
                    for (int x = 0; x < width; x++)
                    {
                        values[i++] = (Pixel(n, c, y, x) - 128) * (1f / 64);
                    }
                }
            }
        }

        return tensor;
    }

    private static byte Pixel(int image, int c, int y, int x)
    {
        ulong total = 0;
        foreach ((int shift, ulong mask) in Scales)
        {
            ulong place = ((ulong)(uint)image << 56) | ((ulong)(uint)shift << 48) | ((ulong)(uint)c << 40)
                | ((ulong)(uint)(y >> shift) << 20) | (uint)(x >> shift);
            total += CounterHash.Mix((place + 1) * CounterHash.Golden) & mask;
        }

        return (byte)total;
    }
}
