using DeepVision.Imaging.Headers;
using DeepVision.Imaging.Pixels;
using DeepVision.Preprocessing;
using SkiaSharp;

namespace DeepVision.Imaging.Codecs;

/// <summary>WebP: the picture, or an animation's first frame on its canvas.</summary>
internal static unsafe class WebPCodec
{
    public static RgbImage Decode(ReadOnlySpan<byte> file, in ImageHeader header, ImageLoadOptions options)
    {
        SkiaLibrary.Require(ImageFormat.WebP);
        int width = (int)header.Width;
        int height = (int)header.Height;
        fixed (byte* data = file)
        {
            bool accept = options.Damaged == DamagedData.Accept;
            using SkiaDecoder decoder = SkiaDecoder.TryOpen(data, file.Length, header)
                ?? throw (accept ? Rescue.Nothing(ImageFormat.WebP, file.Length) : HeaderErrors.Corrupt(ImageFormat.WebP, "chunks", "a picture that libwebp accepts", "none"));
            byte[] rgba = new byte[checked(4 * width * height)];
            SKCodecResult result = decoder.Decode(rgba);
            bool partial = result is SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput;
            if (result != SKCodecResult.Success && !(partial && accept))
            {
                throw accept ? Rescue.Nothing(ImageFormat.WebP, file.Length) : HeaderErrors.Corrupt(ImageFormat.WebP, "compressed data", "data that libwebp decodes", $"{result}");
            }

            var image = new RgbImage(width, height);
            PixelConversion.Flatten(rgba, image.Pixels, header.HasAlpha || header.IsAnimated, options);
            if (partial)
            {
                // The decoder does not tell how many rows it had; those that it had not are black.
                Rescue.RequirePicture(image, ImageFormat.WebP, file.Length);
            }

            return image;
        }
    }
}
