using System.Text.Json;

namespace DeepVision.Tests.Parity;

/// <summary>What PyTorch says about a model: learned elements, and multiply-adds of one image by (height, width).</summary>
internal sealed record GoldenModel(long Parameters, IReadOnlyDictionary<(int Height, int Width), long> MultiplyAdds)
{
    /// <summary>Reads a model's facts.</summary>
    internal static GoldenModel Load(string model)
    {
        JsonElement document = GoldenFolder.Json(Path.Combine("outputs", $"{model}.json"));
        var multiplyAdds = new Dictionary<(int, int), long>();
        foreach (JsonProperty entry in document.GetProperty("multiplyAdds").EnumerateObject())
        {
            string[] size = entry.Name.Split('x');
            multiplyAdds.Add((int.Parse(size[0]), int.Parse(size[1])), entry.Value.GetInt64());
        }

        return new GoldenModel(document.GetProperty("parameters").GetInt64(), multiplyAdds);
    }
}
