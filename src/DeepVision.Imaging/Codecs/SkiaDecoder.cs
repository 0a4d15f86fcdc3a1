using DeepVision.Imaging.Headers;
using SkiaSharp;

namespace DeepVision.Imaging.Codecs;

/// <summary>A file in Skia's hands. The file must stay where it is, pinned, as long as this lives.</summary>
internal sealed unsafe class SkiaDecoder : IDisposable
{
    private readonly SKData _data;
    private readonly SKCodec _codec;

    private SkiaDecoder(SKData data, SKCodec codec) => (_data, _codec) = (data, codec);

    /// <summary>Opens a file; null where Skia refuses its header.</summary>
    /// <exception cref="ImageFileException">Skia found another size or format than our own reading of the header.</exception>
    public static SkiaDecoder? TryOpen(byte* file, int length, in ImageHeader header)
    {
        SKData data = SKData.Create((nint)file, length);
        if (SKCodec.Create(data) is not { } codec)
        {
            data.Dispose();
            return null;
        }

        var decoder = new SkiaDecoder(data, codec);
        try
        {
            decoder.CheckAgainst(header);
            return decoder;
        }
        catch
        {
            decoder.Dispose();
            throw;
        }
    }

    /// <summary>Red, green, blue, alpha of every pixel, alpha not premultiplied; what the data does not hold is black and transparent.</summary>
    public SKCodecResult Decode(byte[] rgba)
    {
        fixed (byte* target = rgba)
        {
            return _codec.GetPixels(Layout(_codec.Info.Size), (nint)target);
        }
    }

    /// <summary>Begins to give rows of a reduced picture, or of the whole one.</summary>
    public bool TryStartRows(int width, int height, int factor)
    {
        SKSizeI scaled = _codec.GetScaledDimensions(1f / factor);
        return scaled.Width == width && scaled.Height == height && _codec.StartScanlineDecode(Layout(scaled)) == SKCodecResult.Success;
    }

    /// <summary>The next rows, as many as fill the target; returns how many there were.</summary>
    public int ReadRows(Span<byte> rgba, int rowBytes)
    {
        fixed (byte* target = rgba)
        {
            return _codec.GetScanlines((nint)target, rgba.Length / rowBytes, rowBytes);
        }
    }

    /// <summary>Passes over rows; false where the data does not hold them.</summary>
    public bool SkipRows(int count) => _codec.SkipScanlines(count);

    public void Dispose()
    {
        _codec.Dispose();
        _data.Dispose();
    }

    // Without a color space in the layout no color is converted: pixels come as they are stored.
    private SKImageInfo Layout(SKSizeI size) => new(
        size.Width, size.Height, SKColorType.Rgba8888, _codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul);

    // Arrays are sized by our reading of the header, so the decoder's must agree before it writes.
    private void CheckAgainst(in ImageHeader header)
    {
        SKEncodedImageFormat expected = header.Format switch
        {
            ImageFormat.Jpeg => SKEncodedImageFormat.Jpeg,
            ImageFormat.Png => SKEncodedImageFormat.Png,
            _ => SKEncodedImageFormat.Webp,
        };
        SKImageInfo found = _codec.Info;
        if (found.Width != header.Width || found.Height != header.Height || _codec.EncodedFormat != expected)
        {
            throw HeaderErrors.Corrupt(
                header.Format,
                "header",
                $"{header.Width} x {header.Height} pixels of {expected}",
                $"{found.Width} x {found.Height} of {_codec.EncodedFormat} by the decoder");
        }
    }
}
