using System.Buffers;
using DeepVision.Imaging.Headers;
using DeepVision.Imaging.Pixels;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Imaging.Codecs;

/// <summary>
/// JPEG through libjpeg-turbo inside Skia, with the accurate inverse DCT and smooth chroma upsampling: the same pixels as Pillow's.
/// Rows come in strips through one small buffer, so that a pixel is still in the cache when its alpha is dropped, and large pictures in two
/// parts on two threads.
/// </summary>
internal static unsafe class JpegCodec
{
    // A strip of 256 KB fits into the second cache beside the decoder's own rows.
    private const int StripBytes = 256 * 1024;

    // Below, a thread more is not worth its Huffman decoding.
    private const int LeastPixelsForTwo = 2_000_000;

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
                ReadAll((nint)data, length, header, image, factor, options, scans.IsBaseline);
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

    // libjpeg fills what is missing before an end mark with gray and only murmurs, which Skia does not pass on. Where the whole picture
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

    private static void ReadAll(
        nint file, int length, ImageHeader header, RgbImage image, int factor, ImageLoadOptions options, bool baseline)
    {
        bool accept = options.Damaged == DamagedData.Accept;
        if (accept || !baseline || options.MaxThreads == 1 || header.Width * header.Height < LeastPixelsForTwo)
        {
            ReadRows(file, length, header, image, factor, 0, image.Height, accept);
            return;
        }

        // Rows up to a whole block of 16, on which every subsampling ends.
        int split = (int)(image.Height * FirstShare(factor)) / 16 * 16;
        Task below = Task.Run(() => ReadRows(file, length, header, image, factor, split, image.Height, accept));
        try
        {
            ReadRows(file, length, header, image, factor, 0, split, accept);
        }
        catch
        {
            // The other thread must not outlive the file's memory, and this failure is the one to tell.
            below.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
            throw;
        }

        below.GetAwaiter().GetResult();
    }

    // The thread of the lower part has to undo the Huffman code of the upper one too, which is more of its work the less remains to be
    // done for a pixel. The shares let both end at the same time on a photograph of 12 megapixels.
    private static double FirstShare(int factor) => factor switch { 1 => 0.56, 2 => 0.61, 4 => 0.69, _ => 0.78 };

    private static void ReadRows(
        nint file, int length, in ImageHeader header, RgbImage image, int factor, int top, int bottom, bool accept)
    {
        using SkiaDecoder decoder = SkiaDecoder.TryOpen((byte*)file, length, header)
            ?? throw Corrupt("header: expected one that libjpeg-turbo accepts; found one that it refuses");
        if (!decoder.TryStartRows(image.Width, image.Height, factor))
        {
            throw Corrupt("compressed data: expected scans that libjpeg-turbo accepts; found others");
        }

        if (top > 0 && !decoder.SkipRows(top))
        {
            throw Missing(image, 0);
        }

        int rowBytes = 4 * image.Width;
        int rows = Math.Min(bottom - top, Math.Max(8, StripBytes / rowBytes));
        byte[] strip = ArrayPool<byte>.Shared.Rent(rows * rowBytes);
        try
        {
            for (int y = top; y < bottom;)
            {
                int asked = Math.Min(rows, bottom - y);
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
                        throw Missing(image, y + found);
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

    private static ImageFileException Missing(RgbImage image, int found) =>
        Corrupt($"compressed data: expected {image.Height} rows; found {(found == 0 ? "fewer" : found)}");

    private static ImageFileException Corrupt(string what) => new(
        ImageFileReason.Corrupt,
        $"The JPEG file cannot be decoded: {what}. Fetch the file again; ImageLoadOptions.Damaged = Accept loads what a damaged file still holds.")
    { Format = ImageFormat.Jpeg };
}
