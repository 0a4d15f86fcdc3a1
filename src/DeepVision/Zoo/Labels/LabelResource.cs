using System.Reflection;
using DeepVision.Graphs.Operations;

namespace DeepVision.Zoo;

/// <summary>Reads the class names that are embedded in the library.</summary>
internal static class LabelResource
{
    internal static IReadOnlyList<string> Read(string name)
    {
        using Stream stream = typeof(LabelResource).GetTypeInfo().Assembly.GetManifestResourceStream($"DeepVision.Labels.{name}.txt")
            ?? throw new InvalidOperationException($"The library was built without its labels '{name}'.");
        using var reader = new StreamReader(stream);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }
}
