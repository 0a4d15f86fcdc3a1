using DeepVision.Imaging.Headers;
using DeepVision.Imaging.Pixels;
using DeepVision.Preprocessing;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.PixelFormats;

namespace DeepVision.Imaging.ImageSharp;

/// <summary>SixLabors.ImageSharp: managed, on every platform. Its JPEG pixels differ from libjpeg-turbo's in rounding and upsampling.</summary>
internal sealed class ImageSharpCodecs : IImageCodecs
{
    // Decoders hold some working copies beside the result; beyond this they are building something else than the header promised.
    private const int MaxBytesPerPixel = 32;
    private const int SmallestLimitMegabytes = 16;

    public ImageFileException? MissingLibrary(ImageFormat format) => null;

    // Always in full: how far its reduced decoding may stand for that has not been measured.
    public RgbImage Decode(ReadOnlySpan<byte> file, in ImageHeader header, ImageLoadOptions options, int reduction)
    {
        try
        {
            DecoderOptions decoding = new() { MaxFrames = 1, SkipMetadata = true, Configuration = Limited(header) };
            CheckSize(file, header, decoding);
            byte[] rgb = new byte[3 * (int)header.Width * (int)header.Height];
            bool blend = header.HasAlpha && options.Alpha == AlphaHandling.BlendOver;
            if (header.Format == ImageFormat.Png && header.BitDepth == 16)
            {
                using Image<Rgba64> image = Image.Load<Rgba64>(decoding, file);
                HighBytes(image, rgb, blend, options);
            }
            else if (blend)
            {
                using Image<Rgba32> image = Image.Load<Rgba32>(decoding, file);
                byte[] rgba = new byte[checked(rgb.Length / 3 * 4)];
                image.CopyPixelDataTo(rgba);
                PixelConversion.BlendOver(rgba, rgb, options.Background);
            }
            else
            {
                using Image<Rgb24> image = Image.Load<Rgb24>(decoding, file);
                image.CopyPixelDataTo(rgb);
            }

            return new RgbImage((int)header.Width, (int)header.Height, rgb);
        }
        catch (Exception exception) when (exception is not (ImageFileException or OutOfMemoryException))
        {
            // Damaged data surfaces as ImageSharp's own exceptions, and as whatever its decoders stumble over.
            throw new ImageFileException(
                exception is NotSupportedException ? ImageFileReason.Unsupported : ImageFileReason.Corrupt,
                $"The {header.Format} file cannot be decoded: expected data that ImageSharp accepts; it says: {exception.Message} Fetch the file again.",
                exception)
            { Format = header.Format };
        }
    }

    public unsafe void Encode(RgbImage image, ImageFormat format, Stream target, ImageSaveOptions options)
    {
        IImageEncoder encoder = format switch
        {
            ImageFormat.Jpeg => new JpegEncoder
            {
                Quality = options.Quality,
                ColorType = options.Chroma == ChromaSubsampling.Full ? JpegEncodingColor.YCbCrRatio444 : JpegEncodingColor.YCbCrRatio420,
            },
            ImageFormat.Png => new PngEncoder
            {
                BitDepth = PngBitDepth.Bit8,
                ColorType = PngColorType.Rgb,
                FilterMethod = options.PngCompression == PngCompression.Fast ? PngFilterMethod.None : PngFilterMethod.Adaptive,
                CompressionLevel = options.PngCompression == PngCompression.Fast
                    ? PngCompressionLevel.BestSpeed
                    : PngCompressionLevel.DefaultCompression,
            },
            ImageFormat.WebP => new WebpEncoder
            {
                Quality = options.Quality,
                FileFormat = options.Lossless ? WebpFileFormatType.Lossless : WebpFileFormatType.Lossy,
            },
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
        Span<byte> pixels = image.Pixels;
        fixed (byte* address = pixels)
        {
            using Image<Rgb24> wrapped = Image.WrapMemory<Rgb24>(address, pixels.Length, image.Width, image.Height);
            wrapped.Save(target, encoder);
        }
    }

    private static Configuration Limited(in ImageHeader header)
    {
        long megabytes = header.Width * header.Height * MaxBytesPerPixel / (1024 * 1024);
        Configuration configuration = Configuration.Default.Clone();
        configuration.MemoryAllocator = MemoryAllocator.Create(new MemoryAllocatorOptions
        {
            AllocationLimitMegabytes = (int)Math.Clamp(megabytes, SmallestLimitMegabytes, int.MaxValue),
            MaximumPoolSizeMegabytes = 0,
        });
        return configuration;
    }

    // The limits were checked on our reading of the header, so ImageSharp's must agree before it allocates.
    private static void CheckSize(ReadOnlySpan<byte> file, in ImageHeader header, DecoderOptions decoding)
    {
        SixLabors.ImageSharp.ImageInfo found = Image.Identify(decoding, file);
        if (found.Width != header.Width || found.Height != header.Height)
        {
            throw HeaderErrors.Corrupt(
                header.Format, "header", $"{header.Width} x {header.Height} pixels", $"{found.Width} x {found.Height}");
        }
    }

    private static void HighBytes(Image<Rgba64> image, byte[] rgb, bool blend, ImageLoadOptions options)
    {
        image.ProcessPixelRows(rows =>
        {
            for (int y = 0; y < rows.Height; y++)
            {
                Span<byte> target = rgb.AsSpan(3 * rows.Width * y, 3 * rows.Width);
                foreach (Rgba64 pixel in rows.GetRowSpan(y))
                {
                    RgbColor color = new((byte)(pixel.R >> 8), (byte)(pixel.G >> 8), (byte)(pixel.B >> 8));
                    if (blend)
                    {
                        color = PixelConversion.Blend(color, (byte)(pixel.A >> 8), options.Background);
                    }

                    target[0] = color.Red;
                    target[1] = color.Green;
                    target[2] = color.Blue;
                    target = target[3..];
                }
            }
        });
    }
}
