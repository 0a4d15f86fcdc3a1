using System.Reflection;
using System.Text.Json;
using DeepVision.Graphs;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Zoo;

/// <summary>Reads a list of published weights that is embedded in the library.</summary>
internal static class CatalogReader
{
    internal static IReadOnlyList<PublishedWeights> Read(string publisher)
    {
        using Stream stream = typeof(CatalogReader).GetTypeInfo().Assembly.GetManifestResourceStream($"DeepVision.Catalog.{publisher}.json")
            ?? throw new InvalidOperationException($"The library was built without its catalog '{publisher}'.");
        using JsonDocument document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("weights").EnumerateArray().Select(ReadWeights)];
    }

    private static PublishedWeights ReadWeights(JsonElement entry) => new()
    {
        Model = Text(entry, "model"),
        Name = Text(entry, "name"),
        IsDefault = entry.GetProperty("default").GetBoolean(),
        Url = new Uri(Text(entry, "url")),
        Sha256Prefix = Text(entry, "sha256Prefix"),
        Classes = entry.GetProperty("classes").GetInt32(),
        Parameters = entry.GetProperty("parameters").GetInt64(),
        MeasuredOn = Text(entry, "data"),
        Figures = entry.GetProperty("figures").EnumerateObject().ToDictionary(figure => figure.Name, figure => figure.Value.GetDouble()),
        Preprocessing = ReadPreprocessing(entry.GetProperty("preprocessing")),
        BackboneNormalization = entry.TryGetProperty("batchNorm", out JsonElement norm) ? ReadFrozenNorm(norm) : null,
        License = entry.TryGetProperty("license", out JsonElement license) ? license.GetString() : null,
    };

    // A trainable norm is what every preset has by itself, with the momentum that belongs to it.
    private static Normalization? ReadFrozenNorm(JsonElement norm) =>
        Text(norm, "kind") == "frozen" ? Normalization.FrozenBatchNorm(norm.GetProperty("epsilon").GetSingle()) : null;

    // Detectors and segmentation models bring their own way, which their preset knows.
    private static ImagePreprocessing? ReadPreprocessing(JsonElement preprocessing) =>
        Text(preprocessing, "kind") != "classification"
            ? null
            : ImagePreprocessing.ImageNet with
            {
                Resize = ResizeRule.ShortestSide(preprocessing.GetProperty("resize").GetInt32()),
                CenterCrop = ImageSize.Square(preprocessing.GetProperty("crop").GetInt32()),
                Interpolation = Text(preprocessing, "interpolation") == "bicubic" ? Interpolation.BicubicAntialias : Interpolation.BilinearAntialias,
                Mean = Values(preprocessing, "mean"),
                Std = Values(preprocessing, "std"),
            };

    private static ChannelValues Values(JsonElement entry, string name)
    {
        float[] values = [.. entry.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];
        return new ChannelValues(values[0], values[1], values[2]);
    }

    private static string Text(JsonElement entry, string name) => entry.GetProperty(name).GetString()!;
}
