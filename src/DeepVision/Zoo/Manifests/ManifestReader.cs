using System.Security.Cryptography;
using System.Text.Json;
using DeepVision.Graphs;
using DeepVision.Weights;

namespace DeepVision.Zoo;

/// <summary>Reads <c>manifest.json</c>, with errors that name the property.</summary>
internal sealed class ManifestReader
{
    private const long MaxBytes = 1 << 20;

    private readonly string _file;

    private ManifestReader(string file) => _file = file;

    internal static ModelManifest Read(string file)
    {
        long length = new FileInfo(file).Length;
        if (length > MaxBytes)
        {
            throw new WeightsException($"{file}: a manifest has at most {MaxBytes} bytes; found {length}.") { FileName = file };
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            return new ManifestReader(file).Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is no valid Unicode.
            throw new WeightsException($"{file}: not valid JSON: {exception.Message}", exception) { FileName = file };
        }
    }

    internal static string HashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private ModelManifest Read(JsonElement root)
    {
        JsonElement weights = Property(root, "weights", JsonValueKind.Object);
        string weightsFile = Text(weights, "file");
        if (Path.GetFileName(weightsFile) != weightsFile || weightsFile is "" or "." or "..")
        {
            throw Fail($"'weights.file' must be a name in the manifest's folder; found '{weightsFile}'");
        }

        string preset = Text(root, "preset");
        ModelPreset found = ModelPresets.All.FirstOrDefault(candidate => candidate.Name == preset)
            ?? throw Fail($"there is no preset '{preset}'");
        return new ModelManifest
        {
            Name = Text(root, "name"),
            Preset = found,
            Options = new PresetOptions { Labels = Labels(root), BackboneNormalization = Normalization(root) },
            WeightsPath = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_file))!, weightsFile),
            Sha256 = Text(weights, "sha256"),
            License = Text(root, "license"),
            Origin = Text(root, "origin"),
        };
    }

    private string[] Labels(JsonElement root)
    {
        JsonElement labels = Property(root, "labels", JsonValueKind.Array);
        return labels.EnumerateArray().All(label => label.ValueKind == JsonValueKind.String) && labels.GetArrayLength() > 0
            ? [.. labels.EnumerateArray().Select(label => label.GetString()!)]
            : throw Fail("'labels' must be a list of names");
    }

    private Normalization Normalization(JsonElement root)
    {
        JsonElement norm = Property(root, "batchNorm", JsonValueKind.Object);
        if (!Property(norm, "epsilon", JsonValueKind.Number).TryGetSingle(out float epsilon) || !(epsilon >= 0))
        {
            throw Fail("'batchNorm.epsilon' must be a number of at least 0");
        }

        return Text(norm, "kind") switch
        {
            "trainable" => Graphs.Normalization.BatchNormWith(epsilon),
            "frozen" => Graphs.Normalization.FrozenBatchNorm(epsilon),
            string other => throw Fail($"'batchNorm.kind' must be 'trainable' or 'frozen'; found '{other}'"),
        };
    }

    private string Text(JsonElement parent, string name) => Property(parent, name, JsonValueKind.String).GetString()!;

    private JsonElement Property(JsonElement parent, string name, JsonValueKind kind)
    {
        if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out JsonElement value))
        {
            throw Fail($"property '{name}' is missing");
        }

        return value.ValueKind == kind ? value : throw Fail($"property '{name}' must be {kind}; found {value.ValueKind}");
    }

    private WeightsException Fail(string what) => new($"{_file}: {what}.") { FileName = _file };
}
