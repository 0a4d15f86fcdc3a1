using DeepVision.Imaging.Headers;
using DeepVision.Imaging.Pixels;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Codecs;

/// <summary>
/// RLE4 and RLE8. Pairs of bytes: (n, c) is n pixels of c (RLE4: of c's two nibbles in turn); (0, 0) ends a row, (0, 1) the picture,
/// (0, 2) moves right and up by the next two bytes, (0, n) is n literal pixels padded to 16 bits. Pixels that are passed over keep
/// palette entry 0. Runs beyond the picture's edge are cut.
/// </summary>
internal static class BmpRunLength
{
    /// <summary>Returns whether the data went on to its end mark or the picture's last pixel.</summary>
    public static bool Decode(ReadOnlySpan<byte> data, RgbImage image, RgbColor[] palette, int bits, DamagedData damaged)
    {
        PixelConversion.Fill(image.Pixels, palette[0]);
        long x = 0;
        long y = 0;
        int at = 0;
        while (y < image.Height)
        {
            if (data.Length - at < 2)
            {
                // Some programs leave the marks behind the last row out.
                if (y == image.Height - 1 && x >= image.Width)
                {
                    return true;
                }

                Refuse(damaged, at);
                return false;
            }

            int first = data[at++];
            int second = data[at++];
            if (first > 0)
            {
                for (int i = 0; i < first; i++)
                {
                    int index = bits == 8 ? second : (i & 1) == 0 ? second >> 4 : second & 15;
                    Put(image, x++, y, palette[index]);
                }
            }
            else if (second == 0)
            {
                x = 0;
                y++;
            }
            else if (second == 1)
            {
                return true;
            }
            else if (second == 2)
            {
                if (data.Length - at < 2)
                {
                    Refuse(damaged, at);
                    return false;
                }

                x += data[at++];
                y += data[at++];
            }
            else
            {
                int bytes = bits == 8 ? second : (second + 1) / 2;
                if (data.Length - at < bytes)
                {
                    Refuse(damaged, at);
                    return false;
                }

                for (int i = 0; i < second; i++)
                {
                    int index = bits == 8 ? data[at + i] : (i & 1) == 0 ? data[at + i / 2] >> 4 : data[at + i / 2] & 15;
                    Put(image, x++, y, palette[index]);
                }

                at += bytes + (bytes & 1);
            }
        }

        return true;
    }

    private static void Refuse(DamagedData damaged, int at)
    {
        if (damaged == DamagedData.Refuse)
        {
            throw HeaderErrors.Truncated(ImageFormat.Bmp, at, "more run-length data (the offset counts from the first pixel byte)");
        }
    }

    private static void Put(RgbImage image, long x, long y, RgbColor color)
    {
        if (x < image.Width)
        {
            Span<byte> pixel = image.Row(image.Height - 1 - (int)y).Slice(3 * (int)x, 3);
            pixel[0] = color.Red;
            pixel[1] = color.Green;
            pixel[2] = color.Blue;
        }
    }
}
