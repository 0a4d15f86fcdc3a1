using System.Text.Json;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Tuning;

/// <summary>A <see cref="CpuTuning"/> as JSON.</summary>
internal static class TuningFile
{
    private const int Version = 1;
    private const long MaxBytes = 16 << 20;

    internal static void Write(CpuTuning tuning, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("deepvisionTuning", Version);
            json.WriteString("model", tuning.Model);
            json.WriteString("instructionSet", tuning.InstructionSet.ToString());
            json.WriteNumber("threads", tuning.Threads);
            json.WriteNumber("height", tuning.Image.Height);
            json.WriteNumber("width", tuning.Image.Width);
            json.WriteStartArray("layers");
            foreach (TunedLayer layer in tuning.Layers)
            {
                json.WriteStartObject();
                json.WriteString("path", layer.Path);
                json.WriteString("algorithm", layer.Algorithm);
                json.WriteStartObject("milliseconds");
                foreach ((string algorithm, double time) in layer.Milliseconds)
                {
                    json.WriteNumber(algorithm, Math.Round(time, 4));
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        // Beside it first, so that a file that exists is whole whatever happens.
        string unfinished = path + ".unfinished";
        File.WriteAllBytes(unfinished, content.ToArray());
        File.Move(unfinished, path, overwrite: true);
    }

    internal static CpuTuning Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        long length = new FileInfo(path).Length;
        if (length > MaxBytes)
        {
            throw Fail(path, $"a tuning has at most {MaxBytes} bytes; found {length}");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw Fail(path, exception.Message, exception);
        }
    }

    private static CpuTuning Read(JsonElement root)
    {
        int version = Property(root, "deepvisionTuning").GetInt32();
        if (version != Version)
        {
            throw new FormatException($"expected version {Version} of the format, found {version}");
        }

        return new CpuTuning(
            Property(root, "model").GetString()!,
            NameOf<CpuInstructionSet>(Property(root, "instructionSet")),
            Property(root, "threads").GetInt32(),
            new Size2D(Property(root, "height").GetInt32(), Property(root, "width").GetInt32()),
            [.. Property(root, "layers").EnumerateArray().Select(ReadLayer)]);
    }

    private static TunedLayer ReadLayer(JsonElement layer) => new(
        Property(layer, "path").GetString() ?? throw new FormatException("a layer has no path"),
        NameOf<ConvolutionAlgorithm>(Property(layer, "algorithm")).ToString(),
        Property(layer, "milliseconds").EnumerateObject().ToDictionary(time => time.Name, time => time.Value.GetDouble(), StringComparer.Ordinal));

    private static JsonElement Property(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement found) ? found : throw new FormatException($"'{name}' is missing");

    private static TName NameOf<TName>(JsonElement text)
        where TName : struct, Enum =>
        Enum.TryParse(text.GetString(), out TName name) && Enum.IsDefined(name) && name.ToString() == text.GetString()
            ? name
            : throw new FormatException($"expected one of {string.Join(", ", Enum.GetNames<TName>())}, found '{text.GetString()}'");

    private static InvalidDataException Fail(string path, string what, Exception? inner = null) =>
        new($"{path} is not a tuning of a model for the CPU: {what}. Make one with TuneForCpu(...).Save(path).", inner);
}
