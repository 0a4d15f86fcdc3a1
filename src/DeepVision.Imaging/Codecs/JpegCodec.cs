using System.Buffers;
using DeepVision.Imaging.Headers;
using DeepVision.Imaging.Pixels;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Codecs;

/// <summary>
/// JPEG through libjpeg-turbo inside Skia, with the accurate inverse DCT and smooth chroma upsampling: the same pixels as Pillow's.
/// Rows come in strips through one small buffer, so that a pixel is still in the cache when its alpha is dropped.
/// </summary>
internal static unsafe class JpegCodec
{
    // A strip of 256 KB fits into the second cache beside the decoder's own rows.
    private const int StripBytes = 256 * 1024;

    // What the decoder's bit buffer reads ahead, and a little more; see Prepare.
    private const int ReadAhead = 32;

    /// <param name="file">The whole file.</param>
    /// <param name="header">What was read of it.</param>
    /// <param name="options">What to do with damage.</param>
    /// <param name="factor">
    /// 1, 2, 4 or 8: the inverse DCT gives means of so many pixels in each direction. Color that is stored at half the resolution then
    /// needs no upsampling.
    /// </param>
    public static RgbImage Decode(ReadOnlySpan<byte> file, in ImageHeader header, ImageLoadOptions options, int factor)
    {
        SkiaLibrary.Require(ImageFormat.Jpeg);
        bool accept = options.Damaged == DamagedData.Accept;
        JpegScans scans = JpegScans.Read(file);
        if (scans.Count > JpegScans.MaxScans)
        {
            throw HeaderErrors.Corrupt(ImageFormat.Jpeg, "scans", $"at most {JpegScans.MaxScans}", $"{scans.Count}");
        }

        if (!accept && !scans.CoversAll)
        {
            throw Corrupt("scans: expected all coefficients of every component; found some that no scan holds");
        }

        var full = new ImageSize((int)header.Width, (int)header.Height);
        PixelReduction? reduction = factor == 1 ? null : new PixelReduction(factor, full);
        RgbImage image = reduction is null ? new(full.Width, full.Height, Pixels(full)) : new(reduction, Pixels(reduction.Stored));
        byte[] prepared = ArrayPool<byte>.Shared.Rent(scans.End + ReadAhead);
        try
        {
            int length = Prepare(file, scans, prepared, accept);
            fixed (byte* data = prepared)
            {
                using SkiaDecoder decoder = SkiaDecoder.TryOpen(data, length, header)
                    ?? throw Corrupt("header: expected one that libjpeg-turbo accepts; found one that it refuses");
                Read(decoder, image, factor, accept);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(prepared);
        }

        if (accept && !scans.IsComplete)
        {
            Rescue.RequirePicture(image, ImageFormat.Jpeg, file.Length);
        }

        return image;
    }

    private static byte[] Pixels(ImageSize size) => GC.AllocateUninitializedArray<byte>(3 * size.Width * size.Height);

    // libjpeg fills what is missing before an end mark with grey and only murmurs, which Skia does not pass on. Where the whole picture
    // is one run of Huffman codes its end mark is therefore taken away: the decoder then stops where the data ends, and the number of
    // rows tells. It reads ahead, though, so some zeros follow; they could be taken for a few blocks at most.
    // To rescue what a cut file holds, an end mark is put where it ends.
    private static int Prepare(ReadOnlySpan<byte> file, in JpegScans scans, byte[] target, bool accept)
    {
        file[..scans.End].CopyTo(target);
        if (!accept && scans.IsBaseline)
        {
            target.AsSpan(scans.End, ReadAhead).Clear();
            return scans.End + ReadAhead;
        }

        target[scans.End] = 0xFF;
        target[scans.End + 1] = 0xD9;
        return scans.End + 2;
    }

    private static void Read(SkiaDecoder decoder, RgbImage image, int factor, bool accept)
    {
        if (!decoder.TryStartRows(image.Width, image.Height, factor))
        {
            throw Corrupt("compressed data: expected scans that libjpeg-turbo accepts; found others");
        }

        int rowBytes = 4 * image.Width;
        int rows = Math.Min(image.Height, Math.Max(8, StripBytes / rowBytes));
        byte[] strip = ArrayPool<byte>.Shared.Rent(rows * rowBytes);
        try
        {
            for (int y = 0; y < image.Height;)
            {
                int asked = Math.Min(rows, image.Height - y);
                Span<byte> rgba = strip.AsSpan(0, asked * rowBytes);
                int found = decoder.ReadRows(rgba, rowBytes);
                Span<byte> target = image.Pixels.Slice(3 * image.Width * y, 3 * image.Width * asked);
                if (found > 0)
                {
                    PixelConversion.DropAlpha(rgba[..(found * rowBytes)], target[..(3 * image.Width * found)]);
                }

                if (found < asked)
                {
                    if (!accept || y + found == 0)
                    {
                        throw Corrupt($"compressed data: expected {image.Height} rows{(factor == 1 ? "" : $" at 1/{factor}")}; found {y + found}");
                    }

                    image.Pixels[(3 * image.Width * (y + found))..].Clear();
                    return;
                }

                y += asked;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(strip);
        }
    }

    private static ImageFileException Corrupt(string what) => new(
        ImageFileReason.Corrupt,
        $"The JPEG file cannot be decoded: {what}. Fetch the file again; ImageLoadOptions.Damaged = Accept loads what a damaged file still holds.")
    { Format = ImageFormat.Jpeg };
}
