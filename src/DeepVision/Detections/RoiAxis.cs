using System.Diagnostics;

namespace DeepVision.Detections;

/// <summary>
/// Where the points of a region lie on one axis of a feature map. Each of the 2 * S taps of a bin is a pixel and its weight:
/// bilinear interpolation takes two neighbors for each of the S points. Points more than a pixel outside weigh nothing.
/// </summary>
internal static class RoiAxis
{
    /// <summary>Fills the taps of all bins.</summary>
    /// <param name="start">The region's edge in pixels of the map.</param>
    /// <param name="end">The opposite edge; a region shorter than a pixel is taken as one pixel long.</param>
    /// <param name="size">Pixels of the map along the axis.</param>
    /// <param name="options">Bins and points.</param>
    /// <param name="pixels">Receives the pixel of each tap, in ascending order from bin to bin.</param>
    /// <param name="weights">Receives the weight of each tap.</param>
    internal static void Fill(float start, float end, int size, RoiAlignOptions options, Span<int> pixels, Span<float> weights)
    {
        Debug.Assert(pixels.Length == TapCount(options) && weights.Length == pixels.Length, "Two taps for each point.");
        float bin = MathF.Max(end - start, 1f) / options.OutputSize;
        int tap = 0;
        for (int b = 0; b < options.OutputSize; b++)
        {
            for (int s = 0; s < options.SamplingRatio; s++, tap += 2)
            {
                float position = start + (b * bin) + ((s + 0.5f) * bin / options.SamplingRatio);
                bool isInside = position >= -1f && position <= size;
                float at = isInside ? MathF.Max(position, 0f) : position > size ? size : 0f;
                int low = Math.Min((int)at, size - 1);
                float fraction = low == size - 1 ? 0f : at - low;
                pixels[tap] = low;
                pixels[tap + 1] = Math.Min(low + 1, size - 1);
                weights[tap] = isInside ? 1f - fraction : 0f;
                weights[tap + 1] = isInside ? fraction : 0f;
            }
        }
    }

    /// <summary>Taps of all bins along one axis.</summary>
    internal static int TapCount(RoiAlignOptions options) => 2 * options.SamplingRatio * options.OutputSize;
}
