using DeepVision.Imaging.Headers;
using DeepVision.Imaging.Pixels;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Codecs;

/// <summary>
/// Decodes a GIF file's first frame on its canvas. Decoded here and not by Skia, which forgets the color that a transparent pixel is stored
/// with, and does not tell which rows of a cut file it had.
/// </summary>
internal static class GifReader
{
    // First row and row step of each pass of an interlaced picture, and the rows that one stands for until later ones come.
    private static readonly (int First, int Step, int Rows)[] s_interlaced = [(0, 8, 8), (4, 8, 4), (2, 4, 2), (1, 2, 1)];
    private static readonly (int First, int Step, int Rows)[] s_whole = [(0, 1, 1)];

    public static RgbImage Decode(ReadOnlySpan<byte> file, ImageLoadOptions options)
    {
        GifHeader header = GifHeader.Read(file);
        RgbColor[] colors = Colors(header, options);
        var image = new RgbImage(header.Width, header.Height);
        Fill(image, colors[Math.Max(0, header.Transparent)]);

        byte[] indices = GC.AllocateUninitializedArray<byte>(header.FrameWidth * header.FrameHeight);
        int found = GifLzw.Decode(header.Data, indices);
        int rows = found / header.FrameWidth;
        if (found < indices.Length)
        {
            if (options.Damaged == DamagedData.Refuse)
            {
                throw HeaderErrors.Corrupt(
                    ImageFormat.Gif, "compressed data of the first picture", $"{indices.Length} pixels", $"{found}");
            }

            if (rows == 0)
            {
                throw Rescue.Nothing(ImageFormat.Gif, file.Length);
            }
        }

        int row = 0;
        foreach ((int first, int step, int repeated) in header.Interlaced ? s_interlaced : s_whole)
        {
            for (int y = first; y < header.FrameHeight && row < rows; y += step, row++)
            {
                // A row that a later pass never brings is taken from the coarser pass.
                int bottom = rows * header.FrameWidth < indices.Length ? Math.Min(header.FrameHeight, y + repeated) : y + 1;
                for (int target = y; target < bottom; target++)
                {
                    Put(
                        image.Row(header.Top + target)[(3 * header.Left)..],
                        indices.AsSpan(row * header.FrameWidth, header.FrameWidth),
                        colors);
                }
            }
        }

        if (found < indices.Length)
        {
            Rescue.RequirePicture(image, ImageFormat.Gif, file.Length);
        }

        return image;
    }

    // One for every index that a byte can hold: beyond the palette lies black, and without one every index is a shade of gray.
    private static RgbColor[] Colors(in GifHeader header, ImageLoadOptions options)
    {
        var colors = new RgbColor[256];
        for (int i = 0; i < 256; i++)
        {
            colors[i] = header.Palette.IsEmpty ? new RgbColor((byte)i, (byte)i, (byte)i)
                : 3 * i < header.Palette.Length ? new RgbColor(header.Palette[3 * i], header.Palette[3 * i + 1], header.Palette[3 * i + 2])
                : RgbColor.Black;
        }

        if (header.Transparent >= 0 && options.Alpha == AlphaHandling.BlendOver)
        {
            colors[header.Transparent] = options.Background;
        }

        return colors;
    }

    private static void Fill(RgbImage image, RgbColor color)
    {
        if (color != RgbColor.Black)
        {
            PixelConversion.Fill(image.Pixels, color);
        }
    }

    private static void Put(Span<byte> target, ReadOnlySpan<byte> indices, RgbColor[] colors)
    {
        for (int x = 0; x < indices.Length; x++)
        {
            RgbColor color = colors[indices[x]];
            target[3 * x + 2] = color.Blue;
            target[3 * x + 1] = color.Green;
            target[3 * x] = color.Red;
        }
    }
}
