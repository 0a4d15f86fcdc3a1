using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DeepVision.Preprocessing;

namespace DeepVision.Tests.Preprocessing;

/// <summary>Embedded results of reference implementations, and the image formula that their recipes share with the tests.</summary>
internal static class GoldenFile
{
    public static string[] Lines(string path)
    {
        using Stream stream = typeof(GoldenFile).Assembly.GetManifestResourceStream(path)
            ?? throw new InvalidOperationException($"No embedded resource named {path}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public static RgbImage Image(int width, int height)
    {
        var image = new RgbImage(width, height);
        Span<byte> pixels = image.Pixels;
        int i = 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < 3; c++)
                {
                    uint hash = unchecked((uint)((x * 73856093) + (y * 19349663) + (c * 83492791) + 12345));
                    hash ^= hash >> 13;
                    hash = unchecked(hash * 0x5BD1E995u);
                    hash ^= hash >> 15;
                    pixels[i++] = (byte)hash;
                }
            }
        }

        return image;
    }

    public static string Sha(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static string Sha(ReadOnlySpan<float> values) => Sha(MemoryMarshal.AsBytes(values));

    public static int[] Integers(string line, int first, int count) =>
        [.. line.Split(' ').Skip(first).Take(count).Select(int.Parse)];
}
