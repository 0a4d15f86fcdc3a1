using System.Globalization;
using System.Text.Json;
using DeepVision.Tensors;

namespace DeepVision.Tests.Parity;

/// <summary>The golden files under tests/golden, found by walking up from the test assembly.</summary>
internal static class GoldenFolder
{
    /// <summary>The folder's path.</summary>
    internal static string Path { get; } = Find();

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

    private static string Find()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            string golden = System.IO.Path.Combine(folder, "tests", "golden");
            if (File.Exists(System.IO.Path.Combine(folder, "DeepVision.sln")) && Directory.Exists(golden))
            {
                return golden;
            }
        }

        throw new DirectoryNotFoundException($"No folder tests/golden beside a DeepVision.sln above {AppContext.BaseDirectory}.");
    }
}
