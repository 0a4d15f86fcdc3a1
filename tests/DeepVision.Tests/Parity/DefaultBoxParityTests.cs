using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using DeepVision.Detections;
using DeepVision.Tensors;

namespace DeepVision.Tests.Parity;

/// <summary>SSD's default boxes are torchvision's, bit for bit (tests/golden/detections/default_boxes.json).</summary>
public sealed class DefaultBoxParityTests
{
    private static readonly JsonElement Cases = GoldenFolder.Json(Path.Combine("detections", "default_boxes.json")).GetProperty("cases");

    public static TheoryData<int> Indices { get; } = [.. Enumerable.Range(0, Cases.GetArrayLength())];

    [Theory]
    [MemberData(nameof(Indices))]
    public void At_EveryPlace_AreTorchvisionsBits(int index)
    {
        JsonElement golden = Cases[index];
        DefaultBoxSpec spec = golden.GetProperty("spec").GetString() == "ssd300" ? DefaultBoxSpec.Ssd300 : DefaultBoxSpec.SsdLite320;
        var padded = new SpatialSize(golden.GetProperty("height").GetInt32(), golden.GetProperty("width").GetInt32());
        var boxes = new List<Box>();
        foreach ((DefaultBoxLevelSpec level, JsonElement entry) in spec.Levels.Zip(golden.GetProperty("maps").EnumerateArray()))
        {
            var map = new SpatialSize(entry[0].GetInt32(), entry[1].GetInt32());
            var grid = new DefaultBoxGrid(level.Sizes(spec.ClipsSides), level.Step, map, padded);
            for (int place = 0; place < map.Area; place++)
            {
                for (int a = 0; a < level.BoxesPerLocation; a++)
                {
                    boxes.Add(grid.At(place / map.Width, place % map.Width, a));
                }
            }
        }

        Assert.Equal(golden.GetProperty("count").GetInt32(), boxes.Count);
        Assert.Equal(Corners(golden.GetProperty("first")), boxes[0]);
        Assert.Equal(Corners(golden.GetProperty("last")), boxes[^1]);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes<Box>(boxes.ToArray());
        Assert.Equal(golden.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public void BoxesPerLocation_OfSsd300_GiveItsPublishedNumber()
    {
        int[] places = [38 * 38, 19 * 19, 10 * 10, 5 * 5, 3 * 3, 1];

        Assert.Equal(8732, DefaultBoxSpec.Ssd300.Levels.Zip(places, (level, count) => level.BoxesPerLocation * count).Sum());
    }

    [Fact]
    public void Specs_ImpossibleNumbers_Throw()
    {
        Assert.Throws<ArgumentException>(() => new DefaultBoxSpec { Levels = [] });
        Assert.Throws<ArgumentOutOfRangeException>(() => DefaultBoxSpec.Spread(1, 0.2, 0.9, [2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DefaultBoxSpec.Spread(6, 0, 0.9, [2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DefaultBoxSpec.Spread(6, 0.2, 0.9, [2, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DefaultBoxSpec.Ssd300.Levels[0] with { Step = 0 });
    }

    [Fact]
    public void Equals_SameNumbers_IsTrue()
    {
        Assert.Equal(DefaultBoxSpec.SsdLite320, DefaultBoxSpec.Spread(6, 0.2, 0.95, [2, 3]));
        Assert.NotEqual(DefaultBoxSpec.SsdLite320, DefaultBoxSpec.SsdLite320 with { ClipsSides = false });
        Assert.NotEqual(DefaultBoxSpec.SsdLite320, DefaultBoxSpec.Ssd300);
    }

    private static Box Corners(JsonElement box) => new(box[0].GetSingle(), box[1].GetSingle(), box[2].GetSingle(), box[3].GetSingle());
}
