using System.IO.Compression;
using System.Text.Json;

namespace DeepVision.Tests.Parity;

/// <summary>The class that torchvision gives every pixel in one case of tests/golden/segmentations.</summary>
/// <param name="Resize">The shortest side that preprocessing resizes to.</param>
/// <param name="Image">The number of the generated image.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
/// <param name="Classes">One class a pixel, rows from top to bottom.</param>
internal sealed record GoldenSegmentation(int Resize, int Image, int Width, int Height, byte[] Classes)
{
    /// <summary>The share of pixels that has to have torchvision's class.</summary>
    private const double Share = 0.999;

    /// <summary>The models that there are files for, in alphabetical order.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(GoldenFolder.Path, "segmentations"), "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(),
    ];

    /// <summary>How many cases a file has.</summary>
    internal static int Count(string name) => Document(name).GetArrayLength();

    /// <summary>One case of a file.</summary>
    internal static GoldenSegmentation Load(string name, int index)
    {
        JsonElement entry = Document(name)[index];
        byte[] file = File.ReadAllBytes(Path.Combine(GoldenFolder.Path, "segmentations", $"{name}.classes"));
        using var packed = new ZLibStream(
            new MemoryStream(file, entry.GetProperty("offset").GetInt32(), entry.GetProperty("length").GetInt32()), CompressionMode.Decompress);
        using var classes = new MemoryStream();
        packed.CopyTo(classes);
        return new GoldenSegmentation(
            entry.GetProperty("resize").GetInt32(),
            entry.GetProperty("image").GetInt32(),
            entry.GetProperty("width").GetInt32(),
            entry.GetProperty("height").GetInt32(),
            classes.ToArray());
    }

    /// <summary>Nearly all pixels have the same class; a failure says how many and where the first of the others is.</summary>
    internal void AssertAgrees(ReadOnlySpan<ushort> found)
    {
        Assert.Equal(Width * Height, Classes.Length);
        Assert.Equal(Classes.Length, found.Length);
        int different = 0;
        int first = -1;
        for (int i = 0; i < found.Length; i++)
        {
            if (found[i] != Classes[i])
            {
                first = first < 0 ? i : first;
                different++;
            }
        }

        Assert.True(
            different <= (1 - Share) * Classes.Length,
            different == 0 ? "" : $"{different} of {Classes.Length} pixels have another class, the first at ({first % Width}, {first / Width}): "
                + $"expected {Classes[first]}, found {found[first]}.");
    }

    private static JsonElement Document(string name) =>
        GoldenFolder.Json(Path.Combine("segmentations", $"{name}.json")).GetProperty("cases");
}
