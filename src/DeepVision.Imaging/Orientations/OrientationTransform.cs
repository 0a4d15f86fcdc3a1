using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Imaging.Orientations;

/// <summary>Turns and mirrors pictures by EXIF orientation.</summary>
internal static class OrientationTransform
{
    private const int Tile = 32;

    /// <summary>The upright picture: the same object for orientation 1, else a new one.</summary>
    /// <param name="image">As stored.</param>
    /// <param name="orientation">
    /// 1 upright, 2 mirrored left-right, 3 turned by 180 degrees, 4 mirrored top-bottom, 5 mirrored along the main diagonal,
    /// 6 needs 90 degrees clockwise, 7 mirrored along the other diagonal, 8 needs 90 degrees counter-clockwise.
    /// </param>
    public static RgbImage Apply(RgbImage image, int orientation)
    {
        if (orientation is <= 1 or > 8)
        {
            return image;
        }

        bool swaps = orientation >= 5;
        int width = swaps ? image.Height : image.Width;
        int height = swaps ? image.Width : image.Height;
        byte[] pixels = GC.AllocateUninitializedArray<byte>(3 * width * height);
        RgbImage upright = image.Reduction is { } reduced ? new(Turned(reduced, orientation), pixels) : new(width, height, pixels);
        if (orientation == 4)
        {
            for (int y = 0; y < height; y++)
            {
                image.Row(height - 1 - y).CopyTo(upright.Row(y));
            }

            return upright;
        }

        // Source offset = origin + x * stepX + y * stepY for target pixel (x, y).
        nint pixel = 3;
        nint row = 3 * (nint)image.Width;
        nint right = row - pixel;
        nint bottom = row * (image.Height - 1);
        (nint origin, nint stepX, nint stepY) = orientation switch
        {
            2 => (right, -pixel, row),
            3 => (bottom + right, -pixel, -row),
            5 => (0, row, pixel),
            6 => (bottom, -row, pixel),
            7 => (bottom + right, -row, -pixel),
            _ => (right, row, -pixel),
        };
        Copy(image, upright, origin, stepX, stepY);
        return upright;
    }

    // The last row and column may stand for fewer pixels than the others; turned to the front, they begin before the picture.
    private static PixelReduction Turned(PixelReduction reduction, int orientation)
    {
        ImageSize full = reduction.FullSize;
        int spareX = (reduction.Stored.Width * reduction.Factor) - full.Width;
        int spareY = (reduction.Stored.Height * reduction.Factor) - full.Height;
        bool swaps = orientation >= 5;
        bool mirrorsX = orientation is 2 or 3 or 7 or 8;
        bool mirrorsY = orientation is 3 or 4 or 6 or 7;
        int beforeX = mirrorsX ? spareX : 0;
        int beforeY = mirrorsY ? spareY : 0;
        return swaps
            ? new PixelReduction(reduction.Factor, new ImageSize(full.Height, full.Width), beforeY, beforeX)
            : new PixelReduction(reduction.Factor, full, beforeX, beforeY);
    }

    // In tiles, so that the rows which a turned picture reads stay in the cache.
    private static void Copy(RgbImage source, RgbImage target, nint origin, nint stepX, nint stepY)
    {
        ref byte from = ref MemoryMarshal.GetReference(source.Pixels);
        ref byte to = ref MemoryMarshal.GetReference(target.Pixels);
        for (int top = 0; top < target.Height; top += Tile)
        {
            for (int left = 0; left < target.Width; left += Tile)
            {
                int bottom = Math.Min(top + Tile, target.Height);
                int right = Math.Min(left + Tile, target.Width);
                for (int y = top; y < bottom; y++)
                {
                    ref byte read = ref Unsafe.Add(ref from, origin + left * stepX + y * stepY);
                    ref byte write = ref Unsafe.Add(ref to, 3 * ((nint)y * target.Width + left));
                    for (int x = left; x < right; x++)
                    {
                        write = read;
                        Unsafe.Add(ref write, 1) = Unsafe.Add(ref read, 1);
                        Unsafe.Add(ref write, 2) = Unsafe.Add(ref read, 2);
                        write = ref Unsafe.Add(ref write, 3);
                        read = ref Unsafe.Add(ref read, x + 1 < right ? stepX : 0);
                    }
                }
            }
        }
    }
}
