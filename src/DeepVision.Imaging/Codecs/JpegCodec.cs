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

    // The decoder's bit buffer takes up to eight bytes ahead, each written as two here, and a little more; see Prepare.
    private const int ReadAhead = 20;

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
        int found;
        try
        {
            int length = Prepare(file, scans, prepared, endMark: !scans.IsBaseline);
            fixed (byte* data = prepared)
            {
                found = ReadAll((nint)data, length, header, image, factor, scans.IsBaseline ? options.MaxThreads : 1);
                if (accept && scans.IsBaseline && found > 0 && !(found == image.Height && scans.IsComplete))
                {
                    // Once more, with an end mark: then all blocks up to where the data ends come too, and gray ones behind them.
                    length = Prepare(file, scans, prepared, endMark: true);
                    int reached = ReadRows((nint)data, length, header, image, factor, 0, image.Height);
                    image.Pixels[(3 * image.Width * reached)..].Clear();
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(prepared);
        }

        if (found < image.Height && !accept)
        {
            throw Corrupt($"compressed data: expected {image.Height} rows; found {(found == 0 ? "fewer" : found)}");
        }

        if (found == 0)
        {
            throw Rescue.Nothing(ImageFormat.Jpeg, file.Length);
        }

        if (found < image.Height)
        {
            Rescue.RequirePicture(image, ImageFormat.Jpeg, file.Length);
        }
        else if (!scans.IsBaseline && !(scans.IsComplete && scans.CoversAll))
        {
            // Its first unit may be made of nothing but the bits that libjpeg sees behind the end, and smoothed into the next two.
            int corner = 3 * scans.UnitSide / factor;
            Rescue.RequirePicture(image, ImageFormat.Jpeg, file.Length, Math.Max(image.Width, image.Height) > corner ? corner : 0);
        }

        return image;
    }

    private static byte[] Pixels(ImageSize size) => GC.AllocateUninitializedArray<byte>(3 * size.Width * size.Height);

    // libjpeg fills what is missing before an end mark with gray and only murmurs, which Skia does not pass on. Where the whole picture
    // is one run of Huffman codes its end mark is therefore taken away: the decoder then stops where the data ends, and the number of
    // rows tells. It reads ahead, though, so some ones follow. All ones are no code in any table, so that libjpeg takes them for a block
    // or two, where of zeros a table may make dozens.
    private static int Prepare(ReadOnlySpan<byte> file, in JpegScans scans, byte[] target, bool endMark)
    {
        file[..scans.End].CopyTo(target);
        if (endMark)
        {
            target[scans.End] = 0xFF;
            target[scans.End + 1] = 0xD9;
            return scans.End + 2;
        }

        for (int i = 0; i < ReadAhead; i += 2)
        {
            // FF 00 is how compressed data writes FF.
            target[scans.End + i] = 0xFF;
            target[scans.End + i + 1] = 0x00;
        }

        return scans.End + ReadAhead;
    }

    // Returns how many rows there were, from the top on.
    private static int ReadAll(nint file, int length, ImageHeader header, RgbImage image, int factor, int maxThreads)
    {
        if (maxThreads == 1 || header.Width * header.Height < LeastPixelsForTwo)
        {
            return ReadRows(file, length, header, image, factor, 0, image.Height);
        }

        // Rows up to a whole block of 16, on which every subsampling ends.
        int split = (int)(image.Height * FirstShare(factor)) / 16 * 16;
        Task<int> below = Task.Run(() => ReadRows(file, length, header, image, factor, split, image.Height));
        int found;
        try
        {
            found = ReadRows(file, length, header, image, factor, 0, split);
        }
        catch
        {
            // The other thread must not outlive the file's memory, and this failure is the one to tell.
            below.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
            throw;
        }

        int reached = below.GetAwaiter().GetResult();
        return found < split ? found : reached;
    }

    // The thread of the lower part has to undo the Huffman code of the upper one too, which is more of its work the less remains to be
    // done for a pixel. The shares let both end at the same time on a photograph of 12 megapixels.
    private static double FirstShare(int factor) => factor switch { 1 => 0.56, 2 => 0.61, 4 => 0.69, _ => 0.78 };

    // Returns how many rows there were before the data ended, those above the top counted too.
    private static int ReadRows(nint file, int length, in ImageHeader header, RgbImage image, int factor, int top, int bottom)
    {
        using SkiaDecoder decoder = SkiaDecoder.TryOpen((byte*)file, length, header)
            ?? throw Corrupt("header: expected one that libjpeg-turbo accepts; found one that it refuses");
        if (!decoder.TryStartRows(image.Width, image.Height, factor))
        {
            throw Corrupt("compressed data: expected scans that libjpeg-turbo accepts; found others");
        }

        if (top > 0 && !decoder.SkipRows(top))
        {
            return top;
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
                if (found > 0)
                {
                    Span<byte> target = image.Pixels.Slice(3 * image.Width * y, 3 * image.Width * found);
                    PixelConversion.DropAlpha(rgba[..(found * rowBytes)], target);
                }

                if (found < asked)
                {
                    return y + Math.Max(0, found);
                }

                y += asked;
            }

            return bottom;
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
