using System.Buffers;
using DeepVision.Imaging.Headers;
using DeepVision.Imaging.Pixels;
using DeepVision.Preprocessing;
using SkiaSharp;

namespace DeepVision.Imaging.Codecs;

/// <summary>PNG through libpng inside Skia; damaged files row by row.</summary>
internal static unsafe class PngCodec
{
    public static RgbImage Decode(ReadOnlySpan<byte> file, in ImageHeader header, ImageLoadOptions options)
    {
        SkiaLibrary.Require(ImageFormat.Png);

        // Pixels are wanted as stored. Left in, sBIT and the like would change what the decoder takes them for, and text and profiles are
        // bombs of their own; a transparent color is noise where alpha is dropped.
        bool blend = options.Alpha == AlphaHandling.BlendOver && header.HasAlpha;
        bool accept = options.Damaged == DamagedData.Accept;
        if (accept && !PngHeaderReader.IsComplete(file))
        {
            return PngRows.Rescue(file, header, options);
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(file.Length);
        try
        {
            int length = PngChunkFilter.Copy(file, buffer, keepTransparency: blend);
            var image = new RgbImage((int)header.Width, (int)header.Height);
            SKCodecResult? result;
            fixed (byte* data = buffer)
            {
                result = Decode(data, length, header, image, options);
            }

            return result == SKCodecResult.Success ? image
                : accept ? PngRows.Rescue(file, header, options)
                : throw HeaderErrors.Corrupt(
                    ImageFormat.Png, "compressed data", "data that libpng accepts", result is null ? "a header that it refuses" : $"{result}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static SKCodecResult? Decode(byte* data, int length, in ImageHeader header, RgbImage image, ImageLoadOptions options)
    {
        using SkiaDecoder? decoder = SkiaDecoder.TryOpen(data, length, header);
        if (decoder is null)
        {
            return null;
        }

        byte[] rgba = GC.AllocateUninitializedArray<byte>(checked(4 * image.Width * image.Height));
        SKCodecResult result = decoder.Decode(rgba);
        if (result == SKCodecResult.Success)
        {
            PixelConversion.Flatten(rgba, image.Pixels, header.HasAlpha, options);
        }

        return result;
    }
}
