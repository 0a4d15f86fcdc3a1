using System.Globalization;
using System.Text.Json;
using DeepVision.Tensors;
using DeepVision.Tests.Shared;

namespace DeepVision.Tests.Parity;

/// <summary>The golden files under tests/golden.</summary>
internal static class GoldenFolder
{
    /// <summary>The folder's path.</summary>
    internal static string Path { get; } = Repository.PathOf("tests", "golden");

    /// <summary>A model's state dict as PyTorch lists it: keys, shapes and which are int64, in order.</summary>
    internal static IReadOnlyList<GoldenKey> Keys(string model)
    {
        var keys = new List<GoldenKey>();
        foreach (string line in File.ReadLines(System.IO.Path.Combine(Path, "keys", $"{model}.txt")))
        {
            string[] parts = line.Split(' ');
            int[] extents = parts[1] == "scalar" ? [] : [.. parts[1].Split('x').Select(e => int.Parse(e, CultureInfo.InvariantCulture))];
            keys.Add(new GoldenKey(parts[0], new TensorShape(extents), IsInteger: parts.Length > 2));
        }

        return keys;
    }

    /// <summary>A JSON file of the folder.</summary>
    internal static JsonElement Json(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(Path, file)));
        return document.RootElement.Clone();
    }
}
