using System.Buffers;
using DeepVision.Preprocessing.Resampling;
using DeepVision.Tensors;

namespace DeepVision.Preprocessing;

/// <summary>Carries out a plan: gray, resample, normalize through a table of 256 values a plane, pad.</summary>
internal static class ImagePreparer
{
    private const int TableSize = 3 * 256;

    public static void Apply(
        ImagePreprocessing preprocessing, RgbImage image, PreparedGeometry geometry, Span<float> destination, int threads)
    {
        CheckReduction(preprocessing, image);
        Span<float> table = stackalloc float[TableSize];
        FillTable(preprocessing, table);
        Span<int> channels = preprocessing.Channels == ChannelOrder.Bgr ? [2, 1, 0] : [0, 1, 2];
        ReadOnlySpan<byte> source = image.Pixels;
        byte[]? gray = null;
        if (preprocessing.Channels == ChannelOrder.GrayReplicated)
        {
            gray = ArrayPool<byte>.Shared.Rent(source.Length);
            ToGray(source, gray);
            source = gray.AsSpan(0, source.Length);
        }

        Pad(preprocessing, geometry, table, channels, destination);
        int rowStride = geometry.Tensor.Width;
        int planeStride = rowStride * geometry.Tensor.Height;
        Span<float> content = destination[((geometry.OffsetY * rowStride) + geometry.OffsetX)..];
        var window = new ResampleWindow(
            geometry.Source, geometry.Resized, geometry.CropLeft, geometry.CropTop, geometry.Content.Width, geometry.Content.Height)
        {
            Reduction = image.Reduction,
            Threads = threads,
        };
        if (geometry.Resized == geometry.Source)
        {
            int first = 3 * ((geometry.CropTop * geometry.Source.Width) + geometry.CropLeft);
            Normalize(source[first..], 3 * geometry.Source.Width, geometry.Content, table, channels, content, rowStride, planeStride);
        }
        else if (preprocessing.Interpolation == Interpolation.BilinearFloat)
        {
            TorchBilinear.Resample(source, window, table, channels, content, rowStride, planeStride);
        }
        else
        {
            byte[] resized = ArrayPool<byte>.Shared.Rent(window.ByteCount + ResampleWindow.Slack);
            ResampleBytes(preprocessing.Interpolation, source, window, resized);
            Normalize(resized, 3 * window.Width, geometry.Content, table, channels, content, rowStride, planeStride);
            ArrayPool<byte>.Shared.Return(resized);
        }

        if (gray is not null)
        {
            ArrayPool<byte>.Shared.Return(gray);
        }
    }

    private static void CheckReduction(ImagePreprocessing preprocessing, RgbImage image)
    {
        if (image.Reduction is { } reduced && reduced.Factor > ReducedDecoding.FactorFor(preprocessing, image.FullSize))
        {
            throw new ArgumentException(
                $"The image was decoded at 1/{reduced.Factor} of {image.FullSize} for another preprocessing; this one needs more of its pixels. " +
                "Load it for this preprocessing, or in full.",
                nameof(image));
        }
    }

    /// <summary>Resamples bytes with any interpolation but the float one.</summary>
    internal static void ResampleBytes(Interpolation interpolation, ReadOnlySpan<byte> source, ResampleWindow window, Span<byte> destination)
    {
        switch (interpolation)
        {
            case Interpolation.Nearest:
                NearestResampler.Resample(source, window, destination);
                break;
            case Interpolation.BilinearFixedPoint:
                OpenCvBilinear.Resample(source, window, destination);
                break;
            default:
                PillowResampler.Resample(interpolation, source, window, destination);
                break;
        }
    }

    /// <summary>Each step is rounded to float32, as separate tensor operations round it.</summary>
    private static void FillTable(ImagePreprocessing preprocessing, Span<float> table)
    {
        for (int plane = 0; plane < 3; plane++)
        {
            for (int value = 0; value < 256; value++)
            {
                float scaled = preprocessing.Scale == PixelScale.UnitInterval ? value / 255f : value;
                table[(plane * 256) + value] = (scaled - preprocessing.Mean[plane]) / preprocessing.Std[plane];
            }
        }
    }

    private static void ToGray(ReadOnlySpan<byte> source, Span<byte> gray)
    {
        for (int i = 0; i < source.Length; i += 3)
        {
            int luminance = ((source[i] * 19595) + (source[i + 1] * 38470) + (source[i + 2] * 7471) + 0x8000) >> 16;
            gray.Slice(i, 3).Fill((byte)luminance);
        }
    }

    private static void Normalize(
        ReadOnlySpan<byte> pixels,
        int pixelStride,
        ImageSize size,
        ReadOnlySpan<float> table,
        ReadOnlySpan<int> channels,
        Span<float> destination,
        int rowStride,
        int planeStride)
    {
        for (int plane = 0; plane < 3; plane++)
        {
            ReadOnlySpan<float> values = table.Slice(plane * 256, 256);
            for (int y = 0; y < size.Height; y++)
            {
                ReadOnlySpan<byte> row = pixels.Slice(y * pixelStride, 3 * size.Width);
                Span<float> output = destination.Slice((plane * planeStride) + (y * rowStride), size.Width);
                for (int x = 0, s = channels[plane]; x < output.Length; x++, s += 3)
                {
                    output[x] = values[row[s]];
                }
            }
        }
    }

    /// <summary>Bars and crop margins get their color, normalized; what lies beyond the canvas gets zeros.</summary>
    private static void Pad(
        ImagePreprocessing preprocessing, PreparedGeometry geometry, ReadOnlySpan<float> table, ReadOnlySpan<int> channels, Span<float> destination)
    {
        if (geometry.Content == geometry.Tensor)
        {
            return;
        }

        FillColor fill = preprocessing.Resize.Kind == ResizeKind.Letterbox ? preprocessing.Resize.Fill : default;
        if (preprocessing.Channels == ChannelOrder.GrayReplicated)
        {
            Span<byte> color = [fill.Red, fill.Green, fill.Blue];
            ToGray(color, color);
            fill = FillColor.Gray(color[0]);
        }

        Span<byte> fillBytes = [fill.Red, fill.Green, fill.Blue];
        for (int plane = 0; plane < 3; plane++)
        {
            float value = table[(plane * 256) + fillBytes[channels[plane]]];
            for (int y = 0; y < geometry.Tensor.Height; y++)
            {
                Span<float> row = destination.Slice(
                    ((plane * geometry.Tensor.Height) + y) * geometry.Tensor.Width, geometry.Tensor.Width);
                int filled = y < geometry.Canvas.Height ? geometry.Canvas.Width : 0;
                row[..filled].Fill(value);
                row[filled..].Clear();
            }
        }
    }
}
