using System.Text.Json;
using DeepVision.Tensors;

namespace DeepVision.Tests.Tensors;

public sealed class ResultsJsonTests
{
    private static readonly ResultSource Street = new() { Image = "street.jpg", Width = 640, Height = 480 };

    [Fact]
    public void ToJson_Detections_IsStableText()
    {
        var source = Street with { Timings = [new("decode", TimeSpan.FromMicroseconds(1234.5)), new("run", TimeSpan.FromMilliseconds(20))] };

        string json = ResultsJson.ToJson(source, [new Detection(new Box(12, 34.5f, 56.25f, 78), 1, "person", 0.93f)]);

        const string Expected = """
            {
              "image": "street.jpg",
              "width": 640,
              "height": 480,
              "timings_ms": {
                "decode": 1.234,
                "run": 20
              },
              "detections": [
                {
                  "label": "person",
                  "class": 1,
                  "score": 0.93,
                  "box": [
                    12,
                    34.5,
                    56.25,
                    78
                  ]
                }
              ]
            }
            """;
        Assert.Equal(Expected, json);
    }

    [Fact]
    public void ToJson_DetectionWithLandmarks_HasThemInOrder()
    {
        var face = new Detection(new Box(0, 0, 9, 9), 0, "face", 0.5f) { Landmarks = [new(1.5f, -2), new(float.NaN, 4)] };

        using JsonDocument document = JsonDocument.Parse(ResultsJson.ToJson(Street, [face, face with { Landmarks = null }]));

        JsonElement detections = document.RootElement.GetProperty("detections");
        Assert.Equal("[[1.5,-2],[null,4]]", JsonSerializer.Serialize(detections[0].GetProperty("landmarks")));
        Assert.False(detections[1].TryGetProperty("landmarks", out _));
    }

    [Fact]
    public void ToJson_Classifications_ReadsBack()
    {
        string json = ResultsJson.ToJson(Street, [new Classification(281, "tabby \"cat\"", 0.1f), new Classification(2, "b", 1e-9f)]);

        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement first = document.RootElement.GetProperty("classifications")[0];
        Assert.Equal("tabby \"cat\"", first.GetProperty("label").GetString());
        Assert.Equal(281, first.GetProperty("class").GetInt32());
        Assert.Equal(0.1f, first.GetProperty("probability").GetSingle());
        Assert.Equal(1e-9f, document.RootElement.GetProperty("classifications")[1].GetProperty("probability").GetSingle());
        Assert.False(document.RootElement.TryGetProperty("timings_ms", out _));
    }

    [Fact]
    public void ToJson_NumbersJsonCannotHold_AreNull()
    {
        string json = ResultsJson.ToJson(Street, [new Detection(new Box(float.NaN, 0, float.PositiveInfinity, 1), 0, "a", float.NaN)]);

        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement detection = document.RootElement.GetProperty("detections")[0];
        Assert.Equal(JsonValueKind.Null, detection.GetProperty("score").ValueKind);
        Assert.Equal(JsonValueKind.Null, detection.GetProperty("box")[0].ValueKind);
        Assert.Equal(JsonValueKind.Null, detection.GetProperty("box")[2].ValueKind);
    }

    [Fact]
    public void ToJson_NothingFound_HasEmptyArray()
    {
        using JsonDocument document = JsonDocument.Parse(ResultsJson.ToJson(Street, Array.Empty<Detection>()));

        Assert.Equal(0, document.RootElement.GetProperty("detections").GetArrayLength());
    }

    [Fact]
    public void ToJson_BrokenSurrogateInName_StaysValidJson()
    {
        string json = ResultsJson.ToJson(Street with { Image = "a\ud800b" }, Array.Empty<Detection>());

        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal("a\ufffdb", document.RootElement.GetProperty("image").GetString());
    }

    [Fact]
    public void Write_Nulls_Throw()
    {
        using var writer = new Utf8JsonWriter(new MemoryStream());

        Assert.Throws<ArgumentNullException>(() => ResultsJson.Write(null!, Street, Array.Empty<Detection>()));
        Assert.Throws<ArgumentNullException>(() => ResultsJson.Write(writer, null!, Array.Empty<Detection>()));
        Assert.Throws<ArgumentNullException>(() => ResultsJson.Write(writer, Street, (IReadOnlyList<Detection>)null!));
        Assert.Throws<ArgumentNullException>(() => ResultsJson.ToJson(Street, new Classification[] { null! }));
    }
}
