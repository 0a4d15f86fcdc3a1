using System.Buffers;
using System.Text;
using System.Text.Json;

namespace DeepVision.Tensors;

/// <summary>
/// Results as JSON, written without reflection. One object for each image:
/// <c>{"image", "width", "height", "timings_ms"?: {stage: number}, "detections": [{"label", "class", "score",
/// "box": [x1, y1, x2, y2], "landmarks"?: [[x, y]]}]}</c>, or <c>"classifications": [{"label", "class", "probability"}]</c>. Numbers are the
/// shortest that read back as the same float32, in every culture; milliseconds have at most three decimals; numbers that
/// JSON cannot hold (NaN, infinity) are <c>null</c>.
/// </summary>
public static class ResultsJson
{
    /// <summary>Writes one image's detections as an object.</summary>
    /// <exception cref="ArgumentNullException">An argument or one of the detections is null.</exception>
    public static void Write(Utf8JsonWriter writer, ResultSource source, IReadOnlyList<Detection> detections)
    {
        ArgumentNullException.ThrowIfNull(detections);
        WriteSource(writer, source);
        writer.WriteStartArray("detections"u8);
        foreach (Detection detection in detections)
        {
            ArgumentNullException.ThrowIfNull(detection, nameof(detections));
            writer.WriteStartObject();
            writer.WriteString("label"u8, detection.Label);
            writer.WriteNumber("class"u8, detection.ClassIndex);
            writer.WritePropertyName("score"u8);
            WriteFloat(writer, detection.Score);
            writer.WriteStartArray("box"u8);
            WriteFloat(writer, detection.Box.X1);
            WriteFloat(writer, detection.Box.Y1);
            WriteFloat(writer, detection.Box.X2);
            WriteFloat(writer, detection.Box.Y2);
            writer.WriteEndArray();
            WriteLandmarks(writer, detection.Landmarks);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes one image's classifications as an object.</summary>
    /// <exception cref="ArgumentNullException">An argument or one of the classifications is null.</exception>
    public static void Write(Utf8JsonWriter writer, ResultSource source, IReadOnlyList<Classification> classifications)
    {
        ArgumentNullException.ThrowIfNull(classifications);
        WriteSource(writer, source);
        writer.WriteStartArray("classifications"u8);
        foreach (Classification classification in classifications)
        {
            ArgumentNullException.ThrowIfNull(classification, nameof(classifications));
            writer.WriteStartObject();
            writer.WriteString("label"u8, classification.Label);
            writer.WriteNumber("class"u8, classification.ClassIndex);
            writer.WritePropertyName("probability"u8);
            WriteFloat(writer, classification.Probability);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>One image's detections as indented JSON.</summary>
    /// <exception cref="ArgumentNullException">An argument or one of the detections is null.</exception>
    public static string ToJson(ResultSource source, IReadOnlyList<Detection> detections) =>
        Text(writer => Write(writer, source, detections));

    /// <summary>One image's classifications as indented JSON.</summary>
    /// <exception cref="ArgumentNullException">An argument or one of the classifications is null.</exception>
    public static string ToJson(ResultSource source, IReadOnlyList<Classification> classifications) =>
        Text(writer => Write(writer, source, classifications));

    private static void WriteSource(Utf8JsonWriter writer, ResultSource source)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(source);
        writer.WriteStartObject();
        writer.WriteString("image"u8, source.Image);
        writer.WriteNumber("width"u8, source.Width);
        writer.WriteNumber("height"u8, source.Height);
        if (source.Timings.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("timings_ms"u8);
        foreach (StageTiming timing in source.Timings)
        {
            writer.WriteNumber(timing.Stage, Math.Round(timing.Elapsed.TotalMilliseconds, 3));
        }

        writer.WriteEndObject();
    }

    private static void WriteLandmarks(Utf8JsonWriter writer, IReadOnlyList<Landmark>? landmarks)
    {
        if (landmarks is null)
        {
            return;
        }

        writer.WriteStartArray("landmarks"u8);
        foreach (Landmark point in landmarks)
        {
            writer.WriteStartArray();
            WriteFloat(writer, point.X);
            WriteFloat(writer, point.Y);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void WriteFloat(Utf8JsonWriter writer, float value)
    {
        if (float.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static string Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
